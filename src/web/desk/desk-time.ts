import { html } from 'hono/html'
import { dayInWita, formatDate, isoDay } from '../../language/format.ts'
import type { Html } from '../layout.ts'

const offsetMs = 8 * 3_600_000

/** A moment in Kupang's time as "5 Maret 2026, 09.30". */
export function shortMoment(moment: Date): string {
  const local = new Date(moment.getTime() + offsetMs)
  return `${formatDate(isoDay(dayInWita(moment)))}, ${local.toISOString().slice(11, 16).replace(':', '.')}`
}

/** The same as an element that programs can read too. */
export function deskTime(moment: Date): Html {
  return html`<time datetime="${moment.toISOString()}">${shortMoment(moment)}</time>`
}

/** The hour of the day in Kupang, 0 to 23. */
export function hourInWita(moment: Date): number {
  return new Date(moment.getTime() + offsetMs).getUTCHours()
}
