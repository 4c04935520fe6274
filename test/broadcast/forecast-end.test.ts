import { describe, expect, it } from 'vitest'
import { forecastEnd } from '../../src/broadcast/forecast-end.ts'

const quiet = { from: 21, to: 7 }
const now = new Date('2026-12-07T08:00+08:00')
const at = (text: string) => new Date(`${text}+08:00`)
const channel = (given: { days?: number; seconds?: number; reachable?: number }) =>
  ({ channel: 'whatsapp', reachable: 100, overBudget: 0, days: 1, seconds: 0, ...given }) as const

describe(forecastEnd.name, () => {
  it('has time enough where no end is written: some days after the last are told', () => {
    expect(forecastEnd({}, [channel({ seconds: 600 })], { now, quiet })).toEqual({
      ...{ days: 1, end: at('2026-12-10T08:00'), isShort: false, proposed: at('2026-12-08T21:00') },
    })
    expect(forecastEnd({}, [channel({ days: 3 })], { now, quiet }).isShort).toBe(false)
    expect(forecastEnd({}, [channel({ days: 84, reachable: 0 })], { now, quiet }).days).toBe(1)
  })

  it('proposes an end for a slow channel, which then is long enough', () => {
    const channels = [channel({ seconds: 60 }), channel({ days: 84 })]
    const found = forecastEnd({}, channels, { now, quiet })
    expect(found).toMatchObject({ days: 84, isShort: false, proposed: at('2027-03-01T21:00') })
    expect(forecastEnd({ expiresAt: found.proposed }, channels, { now, quiet }).isShort).toBe(false)
    const early = at('2027-02-28T20:00')
    expect(forecastEnd({ expiresAt: early }, channels, { now, quiet }).isShort).toBe(true)
    expect(forecastEnd({}, [channel({ days: 4 })], { now, quiet })).toMatchObject({
      ...{ isShort: false, end: at('2026-12-13T08:00') },
    })
  })

  it('counts the hours of the day in which something is sent, from when it begins', () => {
    const slow = [channel({ seconds: 15 * 3_600 })]
    expect(forecastEnd({}, slow, { now, quiet }).days).toBe(2)
    expect(forecastEnd({}, [channel({ seconds: 14 * 3_600 })], { now, quiet }).days).toBe(1)
    const scheduledAt = at('2026-12-20T09:00')
    expect(forecastEnd({ scheduledAt }, slow, { now, quiet })).toMatchObject({
      ...{ end: at('2026-12-24T09:00'), proposed: at('2026-12-22T21:00') },
    })
    const expiresAt = at('2026-12-20T10:00')
    const twoHours = [channel({ seconds: 7_201 })]
    expect(forecastEnd({ scheduledAt, expiresAt }, twoHours, { now, quiet }).isShort).toBe(true)
    const night = at('2026-12-07T22:00')
    expect(forecastEnd({}, [channel({})], { now: night, quiet }).end).toEqual(at('2026-12-11T07:00'))
  })
})
