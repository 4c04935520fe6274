import { maskName } from '../language/mask.ts'
import type { Found, FoundOutcome, ProgrammeAnswer } from './check-answer.ts'
import { daysSince } from './city-time.ts'
import type { ListInForce, StoredPerson } from './store.ts'

/** What a list says of the persons found on it; they are one person, or one household. */
export function answerOf(
  persons: readonly StoredPerson[],
  list: ListInForce,
  open: (sealed: Uint8Array) => string,
): Found {
  const received = new Set(persons.flatMap((person) => person.programmes))
  const asked = list.programmes
  const members = persons.map((person) => ({
    nameMasked: maskName(open(person.name)),
    programmes: asked
      .filter(({ code }) => person.programmes.includes(code))
      .map(({ name }) => name)
      .join(', '),
  }))
  return {
    nameMasked: members[0]?.nameMasked ?? '',
    list: list.title,
    asOf: isoDate(list.asOf),
    period: list.period ?? '',
    programmes: asked.map(
      ({ code, name, title }): ProgrammeAnswer => ({
        name,
        title,
        answer: received.has(code) ? 'YA' : 'TIDAK',
      }),
    ),
    members,
  }
}

/** Recipient or recorded, and whether the list is older than `staleAfterDays`. */
export function outcomeOf(found: Found, staleAfterDays: number, now: Date): FoundOutcome {
  const recipient = found.programmes.some(({ answer }) => answer === 'YA')
  const stale = daysSince(found.asOf, now) > staleAfterDays
  if (recipient) return stale ? 'recipient_stale' : 'recipient'
  return stale ? 'recorded_stale' : 'recorded'
}

/** A date column as `yyyy-mm-dd`. */
export function isoDate(date: Date): string {
  return date.toISOString().slice(0, 10)
}
