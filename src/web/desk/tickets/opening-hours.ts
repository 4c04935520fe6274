import type { Opening, WorkingHours } from '../../../inquiry/working-time.ts'
import { fill } from '../../../language/fill-text.ts'
import type { TicketTexts } from './ticket-texts.ts'

/** The week from Monday on; 0 is Sunday. */
const weekOrder = [1, 2, 3, 4, 5, 6, 0] as const

/** When offices are open, in words: "Senin sampai Kamis 07.30-16.00, Jumat 07.30-16.30". */
export function openingHours(
  { hours }: Pick<TicketTexts, 'hours'>,
  { week }: Pick<WorkingHours, 'week'>,
): string {
  const spans: { from: number; to: number; clock: string }[] = []
  for (const day of weekOrder) {
    const opening = week.get(day)
    if (opening === undefined) continue
    const clock = `${clockOf(opening.from)}-${clockOf(opening.to)}`
    const last = spans.at(-1)
    // Days that follow each other and are alike are said as one.
    if (last?.clock === clock && (last.to + 1) % 7 === day) last.to = day
    else spans.push({ from: day, to: day, clock })
  }
  if (spans.length === 0) return hours.none
  return spans.map(({ from, to, clock }) => `${daysOf(hours, from, to)} ${clock}`).join(', ')
}

function daysOf({ days, to: until }: TicketTexts['hours'], from: number, to: number): string {
  const [first = '', last = ''] = [days[from], days[to]]
  return from === to ? first : fill(until, { from: first, to: last })
}

function clockOf(minutes: Opening['from']): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}.${String(minutes % 60).padStart(2, '0')}`
}
