import { dayInWita, isoDay, weekdayInWita } from '../../../language/format.ts'
import { parseDay } from '../../../training/plan/plan-times.ts'
import { type FormFields, mostRows, tickedOf, trimmed } from './form-fields.ts'
import type { FormProblem } from './form-problem.ts'
import { readClock, readWhole } from './read-figures.ts'

/** The rows of sessions that come again every week, or what is wrong with how they were asked for. */
export type Repeated =
  | { readonly type: 'rows'; readonly rows: readonly FormFields[] }
  | { readonly type: 'problems'; readonly problems: readonly FormProblem[] }

/** Reads the fields `repeat.…`: as many rows as are asked for, from a day on, on some days of the week. `room`: most of them. */
export function repeatSessions(fields: FormFields, room: number): Repeated {
  const text = (name: string) => trimmed(fields, `repeat.${name}`)
  const first = parseDay(text('date'))
  const weekdays = new Set(tickedOf(fields, 'repeat.weekday').map(Number))
  const [from, to] = [readClock(text('from')), readClock(text('to'))]
  const count = readWhole(text('count')) ?? 0
  const isCount = count >= 1 && count <= mostRows
  const problems: readonly (FormProblem | false)[] = [
    first === undefined && problem('date', 'date'),
    weekdays.size === 0 && problem('weekdays', 'weekday'),
    from === undefined && problem('time', 'from'),
    to === undefined && problem('time', 'to'),
    !isCount && problem('count', 'count', { most: mostRows }),
    isCount && count > room && problem('too_many', 'count', { most: mostRows, left: room }),
  ]
  const found = problems.filter((one) => one !== false)
  if (found.length > 0 || first === undefined) return { type: 'problems', problems: found }
  const days = daysFrom(first, weekdays, count)
  return { type: 'rows', rows: days.map((date) => ({ date, from: from ?? '', to: to ?? '' })) }
}

/** The next days of the calendar that are on these days of the week, as `2026-12-01`. */
function daysFrom(first: Date, weekdays: ReadonlySet<number>, count: number): readonly string[] {
  const days: string[] = []
  for (let later = 0; days.length < count; later += 1) {
    const day = new Date(first.getTime() + later * 86_400_000)
    if (weekdays.has(weekdayInWita(day))) days.push(isoDay(dayInWita(day)))
  }
  return days
}

function problem(code: FormProblem['code'], at: string, details: FormProblem['details'] = {}): FormProblem {
  return { code, at: `repeat.${at}`, details }
}
