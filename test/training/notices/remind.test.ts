import { describe, expect, it } from 'vitest'
import { reminderKey, remindersAt } from '../../../src/training/notices/remind.ts'
import { at } from './notice-world.ts'

const hours = { at: 9, until: 21 }
const quiet = { from: 21, to: 7 }
const kindsAt = (now: Date, ...starts: Date[]) =>
  remindersAt(now, starts, hours, quiet).map(({ kind }) => kind)

describe('remindersAt', () => {
  // Thursday; in Greenwich its first hours are Wednesday's.
  for (const starts of [at('05 07:30'), at('05 00:30'), at('05 23:30')]) {
    it(`reminds of a session on the day at ${starts.toISOString()} by the days of Kupang`, () => {
      expect(kindsAt(at('02 08:59:59.999'), starts)).toEqual([])
      expect(kindsAt(at('02 09:00'), starts)).toEqual(['reminder_3'])
      expect(kindsAt(at('03 20:59:59.999'), starts)).toEqual(['reminder_3'])
      expect(kindsAt(at('03 21:00'), starts)).toEqual([])
      expect(kindsAt(at('04 08:59:59.999'), starts)).toEqual([])
      expect(kindsAt(at('04 09:00'), starts)).toEqual(['reminder_1'])
      expect(kindsAt(at('04 20:59:59.999'), starts)).toEqual(['reminder_1'])
      expect(kindsAt(at('04 21:00'), starts)).toEqual([])
    })
  }

  it('reminds on the morning from the end of the quiet hours until the session begins', () => {
    const starts = at('05 07:30')
    expect(kindsAt(at('05 06:59:59.999'), starts)).toEqual([])
    expect(kindsAt(at('05 07:00'), starts)).toEqual(['reminder_0'])
    expect(kindsAt(at('05 07:29:59.999'), starts)).toEqual(['reminder_0'])
    expect(kindsAt(at('05 07:30'), starts)).toEqual([])
    expect(kindsAt(at('05 06:30'), at('05 06:45'))).toEqual([])
  })

  it('reminds of a later session the day before, when three days passed since the one before it', () => {
    const first = at('05 16:00')
    expect(kindsAt(at('07 10:00'), first, at('08 08:00'))).toEqual(['reminder_1'])
    expect(kindsAt(at('06 10:00'), first, at('07 23:00'))).toEqual([])
    expect(kindsAt(at('05 10:00'), first, at('08 08:00'))).toEqual(['reminder_0'])
    expect(kindsAt(at('08 07:30'), first, at('08 08:00'))).toEqual([])
    expect(kindsAt(at('08 10:00'), first, at('08 08:00'), at('09 08:00'))).toEqual([])
  })

  it('reminds of several sessions at a time', () => {
    expect(kindsAt(at('05 10:00'), at('05 16:00'), at('06 16:00'))).toEqual(['reminder_0'])
    const reminders = remindersAt(at('04 10:00'), [at('05 16:00')], hours, quiet)
    expect(reminders).toEqual([
      { kind: 'reminder_1', startsAt: at('05 16:00'), from: at('04 09:00'), until: at('04 21:00') },
    ])
  })
})

describe('reminderKey', () => {
  it('tells a session that was moved from the same at its old time', () => {
    const [one, other] = [at('05 16:00'), at('05 16:30')].map((startsAt) =>
      reminderKey({ kind: 'reminder_1', startsAt }),
    )
    expect(one).not.toBe(other)
    expect(one).toBe('reminder_1:2026-03-05T08:00:00.000Z')
  })
})
