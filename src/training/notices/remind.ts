import { dayInWita } from '../../language/format.ts'
import { atHour, type QuietHours } from '../../language/quiet-hours.ts'
import type { NoticeKind } from './notice.ts'

/** Three days before, the day before, and the morning itself. */
export const reminderKinds = [
  'reminder_3',
  'reminder_1',
  'reminder_0',
] as const satisfies readonly NoticeKind[]
export type ReminderKind = (typeof reminderKinds)[number]

/** The hours of the day, in Kupang's time, in which people are reminded of what is on another day. */
export interface ReminderHours {
  readonly at: number
  readonly until: number
}

/** When there is a reminder: outside it its words would be wrong. */
export interface ReminderTime {
  readonly from: Date
  readonly until: Date
}

/** A reminder of a session that begins then. */
export interface Reminder extends ReminderTime {
  readonly kind: ReminderKind
  readonly startsAt: Date
}

/** Of a later session people are reminded when so many days of the calendar passed since the one before it. */
const apartDays = 3

/** When people are reminded of a session. */
export function reminderTime(
  kind: ReminderKind,
  startsAt: Date,
  { at, until }: ReminderHours,
  quiet: QuietHours,
): ReminderTime {
  switch (kind) {
    case 'reminder_3':
      return { from: atHour(startsAt, at, -3), until: atHour(startsAt, until, -2) }
    case 'reminder_1':
      return { from: atHour(startsAt, at, -1), until: atHour(startsAt, until, -1) }
    case 'reminder_0':
      return { from: atHour(startsAt, quiet.to), until: startsAt }
  }
}

/** The reminders of a course for which it is time now. `starts`: when its sessions begin, in their order. */
export function remindersAt(
  now: Date,
  starts: readonly Date[],
  hours: ReminderHours,
  quiet: QuietHours,
): readonly Reminder[] {
  return starts
    .flatMap((startsAt, at) => {
      const before = starts[at - 1]
      if (before === undefined) return reminderKinds.map((kind) => ({ kind, startsAt }))
      return daysBetween(before, startsAt) < apartDays ? [] : [{ kind: 'reminder_1' as const, startsAt }]
    })
    .map(({ kind, startsAt }) => ({ kind, startsAt, ...reminderTime(kind, startsAt, hours, quiet) }))
    .filter((reminder) => isTime(reminder, now))
}

/** Whether it is time for a reminder. */
export function isTime({ from, until }: ReminderTime, now: Date): boolean {
  return from <= now && now < until
}

/** What tells a reminder from others of the same registration: of another time it is another. */
export function reminderKey({ kind, startsAt }: Pick<Reminder, 'kind' | 'startsAt'>): string {
  return `${kind}:${startsAt.toISOString()}`
}

function daysBetween(one: Date, other: Date): number {
  const dayOf = (moment: Date) => {
    const { year, month, day } = dayInWita(moment)
    return Date.UTC(year, month - 1, day) / 86_400_000
  }
  return dayOf(other) - dayOf(one)
}
