import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseOffices } from '../../src/inquiry/offices.ts'
import { isWorkingTime, promisedAt, type WorkingHours } from '../../src/inquiry/working-time.ts'
import { formatMoment } from '../../src/language/format.ts'
import { sampleOffices } from './sample-offices.ts'

const { hours } = parseOffices(sampleOffices)
const wita = (written: string) => new Date(`${written}:00+08:00`)
const promise = (from: string, working_hours: number) =>
  formatMoment(promisedAt(wita(from), { working_hours }, hours))

describe('promisedAt', () => {
  it.each([
    ['2026-01-05T08:00', 4, 'Senin, 5 Januari 2026 pukul 12.00 WITA'],
    ['2026-01-05T08:00', 8, 'Senin, 5 Januari 2026 pukul 16.00 WITA'],
    ['2026-01-05T08:01', 8, 'Selasa, 6 Januari 2026 pukul 07.31 WITA'],
    ['2026-01-05T03:00', 1, 'Senin, 5 Januari 2026 pukul 08.30 WITA'],
    ['2026-01-05T22:00', 1, 'Selasa, 6 Januari 2026 pukul 08.30 WITA'],
    ['2026-01-09T16:00', 1, 'Senin, 12 Januari 2026 pukul 08.00 WITA'],
    ['2026-01-10T09:00', 8, 'Senin, 12 Januari 2026 pukul 15.30 WITA'],
    ['2026-12-24T16:00', 1, 'Senin, 28 Desember 2026 pukul 08.30 WITA'],
    ['2026-12-29T15:00', 2, 'Senin, 4 Januari 2027 pukul 08.30 WITA'],
    ['2026-01-05T07:30', 17, 'Selasa, 6 Januari 2026 pukul 16.00 WITA'],
  ])('from %s, %d working hours end on %s', (from, amount, end) => expect(promise(from, amount)).toBe(end))

  it('counts hours of the clock also at night and on holidays', () => {
    const from = wita('2026-12-24T23:00')
    expect(promisedAt(from, { hours: 72 }, hours)).toEqual(wita('2026-12-27T23:00'))
  })

  it('says so when the offices never work', () => {
    const never: WorkingHours = { week: hours.week, isHoliday: () => true }
    expect(() => promisedAt(wita('2026-01-05T08:00'), { working_hours: 1 }, never)).toThrow(
      'no working hours',
    )
  })
})

const moments = fc.date({ min: wita('2026-01-01T00:00'), max: wita('2028-12-31T23:59'), noInvalidDate: true })
const amounts = fc.integer({ min: 1, max: 60 * 60 }).map((minutes) => ({ working_hours: minutes / 60 }))
const weeks = fc
  .uniqueArray(
    fc.tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 1_300 }),
      fc.integer({ min: 120, max: 600 }),
    ),
    { minLength: 1, maxLength: 7, selector: ([day]) => day },
  )
  .map((days) => new Map(days.map(([day, from, long]) => [day, { from, to: Math.min(from + long, 1_439) }])))
const calendars = fc
  .tuple(weeks, fc.uniqueArray(fc.integer({ min: 0, max: 1_100 }), { maxLength: 60 }))
  .map(([week, offsets]): WorkingHours => {
    const at = (offset: number) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10)
    const days = new Set(offsets.map(at))
    return { week, isHoliday: (day) => days.has(day) }
  })

describe('promisedAt, whatever the calendar', () => {
  it('ends while the offices work, and never before the amount has passed', () => {
    fc.assert(
      fc.property(moments, amounts, calendars, (from, amount, calendar) => {
        const end = promisedAt(from, amount, calendar)
        expect(isWorkingTime(end, calendar)).toBe(true)
        expect(end.getTime()).toBeGreaterThanOrEqual(
          from.getTime() + Math.round(amount.working_hours * 3_600_000),
        )
      }),
    )
  })

  it('never promises an earlier moment to who came later', () => {
    fc.assert(
      fc.property(
        moments,
        fc.integer({ min: 0, max: 30 * 86_400_000 }),
        amounts,
        calendars,
        (from, later, amount, calendar) => {
          const after = new Date(from.getTime() + later)
          const [first, second] = [from, after].map((at) => promisedAt(at, amount, calendar).getTime())
          expect(second).toBeGreaterThanOrEqual(first!)
        },
      ),
    )
  })

  it('is counted minute by minute as a person with a calendar would', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 240 }), (at, minutes) => {
        const from = new Date(Math.floor(at.getTime() / 60_000) * 60_000)
        let [end, worked] = [from.getTime(), 0]
        while (worked < minutes) {
          const isOpen = isWorkingTime(new Date(end), hours) && isWorkingTime(new Date(end + 60_000), hours)
          if (isOpen) worked += 1
          end += 60_000
        }
        expect(promisedAt(from, { working_hours: minutes / 60 }, hours).getTime()).toBeCloseTo(end, -2)
      }),
      { numRuns: 30 },
    )
  })

  it('moves over a holiday that comes in between', () => {
    fc.assert(
      fc.property(moments, amounts, (from, amount) => {
        const end = promisedAt(from, amount, hours)
        const day = new Date(end.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
        const moved = promisedAt(from, amount, {
          ...hours,
          isHoliday: (each) => each === day || hours.isHoliday(each),
        })
        expect(moved.getTime()).toBeGreaterThan(end.getTime())
      }),
    )
  })
})
