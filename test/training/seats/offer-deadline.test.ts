import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isQuiet } from '../../../src/language/quiet-hours.ts'
import { offerDeadline } from '../../../src/training/seats/offer-deadline.ts'

const quiet = { from: 21, to: 7 }
const far = new Date('2027-06-01T09:00:00+08:00')
const at = (clock: string, day = 7) => new Date(`2026-12-${String(day).padStart(2, '0')}T${clock}:00+08:00`)

const deadline = (moment: Date, offerHours: number, startsAt = far) =>
  offerDeadline(moment, { offerHours, startsAt }, quiet)

describe('offerDeadline', () => {
  it('leaves the hours that it should, up to a half or full hour', () => {
    expect(deadline(at('09:00'), 6)).toEqual(at('15:00'))
    expect(deadline(at('09:01'), 6)).toEqual(at('15:30'))
    expect(deadline(at('09:31'), 6)).toEqual(at('16:00'))
  })

  it('does not count quiet hours, and never ends in them', () => {
    expect(deadline(at('18:00'), 6)).toEqual(at('10:00', 8))
    expect(deadline(at('20:00'), 1)).toEqual(at('07:00', 8))
    expect(deadline(at('20:50'), 0.1)).toEqual(at('07:00', 8))
    expect(deadline(at('09:00'), 24)).toEqual(at('19:00', 8))
  })

  it('makes no offer in the quiet hours', () => {
    for (const clock of ['21:00', '23:59', '03:00', '06:59']) expect(deadline(at(clock), 6)).toBeUndefined()
    expect(deadline(at('07:00'), 6)).toEqual(at('13:00'))
  })

  it('ends an hour before the course begins, or where that is quiet before the night', () => {
    expect(deadline(at('09:00'), 6, at('14:00'))).toEqual(at('13:00'))
    expect(deadline(at('09:00'), 6, at('14:10'))).toEqual(at('13:00'))
    expect(deadline(at('18:00'), 6, at('07:30', 8))).toEqual(at('20:30'))
  })

  it('makes no offer where less than half an hour is left', () => {
    expect(deadline(at('12:30'), 6, at('14:00'))).toEqual(at('13:00'))
    expect(deadline(at('12:31'), 6, at('14:00'))).toBeUndefined()
    expect(deadline(at('13:30'), 6, at('14:00'))).toBeUndefined()
    expect(deadline(at('15:00'), 6, at('14:00'))).toBeUndefined()
    expect(deadline(at('20:20'), 6, at('07:30', 8))).toBeUndefined()
  })

  it('whatever the hours are, ends in time, at a half or full hour, and in no quiet one', () => {
    const hours = fc.integer({ min: 0, max: 23 })
    const moments = fc.integer({ min: 0, max: 14 * 24 * 60 * 60_000 })
    fc.assert(
      fc.property(
        moments,
        moments,
        fc.integer({ min: 1, max: 72 }),
        hours,
        hours,
        (ms, until, offerHours, from, to) => {
          const moment = new Date(at('00:00').getTime() + ms)
          const startsAt = new Date(at('00:00').getTime() + until)
          const end = offerDeadline(moment, { offerHours, startsAt }, { from, to })
          if (end === undefined) return
          expect(isQuiet(moment, { from, to })).toBe(false)
          expect(isQuiet(end, { from, to })).toBe(false)
          expect(end.getTime() % 1_800_000).toBe(0)
          expect(end.getTime()).toBeGreaterThanOrEqual(moment.getTime() + 1_800_000)
          expect(end.getTime()).toBeLessThanOrEqual(startsAt.getTime() - 3_600_000)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
