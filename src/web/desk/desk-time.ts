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

/** Which greeting a moment in Kupang asks for. */
export function timeOfDay(moment: Date): 'morning' | 'noon' | 'afternoon' | 'evening' {
  const hour = new Date(moment.getTime() + offsetMs).getUTCHours()
  if (hour < 4 || hour >= 18) return 'evening'
  if (hour < 11) return 'morning'
  return hour < 15 ? 'noon' : 'afternoon'
}
