import { afterQuiet, isQuiet, type QuietHours } from '../../language/quiet-hours.ts'
import type { Course } from '../course.ts'

const hourMs = 3_600_000
const halfHourMs = hourMs / 2

/** An offer that leaves less time than this to answer is not made. */
const shortestMs = halfHourMs

/**
 * Until when a seat that is offered at the moment waits for an answer: for the course's hours outside the quiet ones, up to a half or
 * full hour that is not quiet, and at the latest an hour before the course begins. Undefined: no seat is offered now, because the
 * hours are quiet, or because it is too late.
 */
export function offerDeadline(
  moment: Date,
  { offerHours, startsAt }: Pick<Course, 'offerHours' | 'startsAt'>,
  quiet: QuietHours,
): Date | undefined {
  if (isQuiet(moment, quiet)) return undefined
  const whole = upToHalfHour(wait(moment, offerHours * hourMs, quiet))
  const wanted = afterQuiet(whole, quiet)
  const latest = lastBefore(new Date(startsAt.getTime() - hourMs), moment, quiet)
  if (latest === undefined || latest.getTime() - moment.getTime() < shortestMs) return undefined
  return new Date(Math.min(wanted.getTime(), latest.getTime()))
}

/** The moment after so many milliseconds that are not quiet. */
function wait(moment: Date, ms: number, quiet: QuietHours): Date {
  let at = moment.getTime()
  for (let left = ms; left > 0; ) {
    // Quiet hours begin and end with full hours, of Kupang's clock as of any.
    const restOfHour = hourMs - (at % hourMs)
    const counted = isQuiet(new Date(at), quiet) ? 0 : Math.min(left, restOfHour)
    left -= counted
    at += counted === 0 ? restOfHour : counted
  }
  return new Date(at)
}

function upToHalfHour(moment: Date): Date {
  return new Date(Math.ceil(moment.getTime() / halfHourMs) * halfHourMs)
}

/** The last half or full hour until a moment that is not quiet; undefined when there is none after another. */
function lastBefore(end: Date, start: Date, quiet: QuietHours): Date | undefined {
  let at = Math.floor(end.getTime() / halfHourMs) * halfHourMs
  while (at > start.getTime() && isQuiet(new Date(at), quiet)) at -= halfHourMs
  return at > start.getTime() ? new Date(at) : undefined
}
