import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  budgetOn,
  carefulPace,
  createPace,
  type PaceDeps,
  whatsAppForecast,
} from '../../src/channels/whatsapp-pace.ts'

const noon = Date.UTC(2026, 0, 5, 4)

function paceAt(start: number, more: Partial<PaceDeps> = {}) {
  const clock = { at: start }
  const pace = createPace({
    settings: carefulPace,
    countUnasked: async () => 0,
    linkedAt: async () => new Date(start - 100 * 86_400_000),
    restrictedUntil: () => undefined,
    now: () => clock.at,
    random: () => 0.5,
    async pause(milliseconds) {
      clock.at += milliseconds
    },
    ...more,
  })
  return { clock, pace }
}

describe('createPace', () => {
  it('lets the first answer go at once, and keeps a gap between the next', async () => {
    const { clock, pace } = paceAt(noon)
    let waits = 0
    for (let answer = 0; answer < 3; answer += 1) await pace.turn('reply', () => (waits += 1))
    expect(clock.at - noon).toBe(2 * 1_000)
    expect(waits).toBe(2)
  })

  it('never lets two answers closer than the least gap, nor keeps one longer than it must', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2 }),
        async (chances) => {
          let turn = 0
          const { clock, pace } = paceAt(noon, { random: () => chances[turn++ % chances.length]! })
          const times: number[] = []
          for (let answer = 0; answer < chances.length; answer += 1) {
            await pace.turn('reply')
            times.push(clock.at)
          }
          for (const [index, time] of times.slice(1).entries()) {
            const gap = time - times[index]!
            expect(gap).toBeGreaterThanOrEqual(carefulPace.replyGap.least - 0.001)
            expect(gap).toBeLessThanOrEqual(carefulPace.replyGap.most + 0.001)
          }
        },
      ),
    )
  })

  it('makes nobody wait for what nobody asked for: it says when to come again', async () => {
    const { pace } = paceAt(noon)
    await pace.turn('notice')
    await expect(pace.turn('broadcast')).rejects.toMatchObject({
      kind: 'too_fast',
      retryable: true,
      retryAfter: 60,
    })
  })

  it('lets answers go while others wait for their turn', async () => {
    const { clock, pace } = paceAt(noon)
    await pace.turn('notice')
    await expect(pace.turn('notice')).rejects.toMatchObject({ kind: 'too_fast' })
    await pace.turn('reply')
    expect(clock.at).toBe(noon)
  })

  it('keeps the budget of a day in Kota Kupang, and names the morning after the next midnight there', async () => {
    const asked: Date[] = []
    const { pace } = paceAt(noon, {
      async countUnasked(since) {
        asked.push(since)
        return carefulPace.unaskedADay
      },
    })
    // Noon there is four in the morning by UTC: the day has twelve hours left, and nobody is written to before seven.
    await expect(pace.turn('broadcast')).rejects.toMatchObject({ kind: 'too_fast', retryAfter: 19 * 3_600 })
    expect(asked).toEqual([new Date(Date.UTC(2026, 0, 4, 16))])
  })

  it('sends nothing unasked while WhatsApp restricts the account', async () => {
    const until = new Date(noon + 90_000)
    const { pace } = paceAt(noon, { restrictedUntil: () => until })
    await expect(pace.turn('notice')).rejects.toMatchObject({ kind: 'too_fast', retryAfter: 90 })
    await pace.turn('reply')
  })

  it('keeps back what nobody asked for while answers queue up', async () => {
    const { pace } = paceAt(noon, { pause: async () => undefined })
    for (let answer = 0; answer < 5; answer += 1) await pace.turn('reply')
    await expect(pace.turn('notice')).rejects.toMatchObject({ kind: 'too_fast' })
  })

  const night = (now: number) => {
    const hour = new Date(now + 8 * 3_600_000).getUTCHours()
    if (hour >= 7 && hour < 21) return undefined
    return noon + (hour >= 21 ? 19 : -5) * 3_600_000
  }

  it('writes to nobody unasked in the quiet hours, and says until when; answers go', async () => {
    const evening = noon + 9.5 * 3_600_000
    const { clock, pace } = paceAt(evening, { settings: { ...carefulPace, quietUntil: night } })
    for (const purpose of ['broadcast', 'post'] as const)
      await expect(pace.turn(purpose)).rejects.toMatchObject({ kind: 'too_fast', retryAfter: 9.5 * 3_600 })
    await pace.turn('reply')
    expect(clock.at).toBe(evening)
    // One notice goes; a second would be the next of many.
    await pace.turn('notice')
    await expect(pace.turn('notice')).rejects.toMatchObject({ retryAfter: 9.5 * 3_600 })
    clock.at += 601_000
    await pace.turn('notice')
    const { pace: byDay } = paceAt(noon, { settings: { ...carefulPace, quietUntil: night } })
    await byDay.turn('broadcast')
  })

  it('goes on with a used-up budget when the quiet hours of the next night are over', async () => {
    const until = noon + 20 * 3_600_000
    const quietUntil = (now: number) => (now > noon ? until : undefined)
    const settings = { ...carefulPace, quietUntil }
    const { pace } = paceAt(noon, { settings, countUnasked: async () => 60 })
    await expect(pace.turn('broadcast')).rejects.toMatchObject({ retryAfter: 20 * 3_600 })
  })

  it('gives a new number a part of the budget only', async () => {
    const linkedAt = async () => new Date(noon - 3_600_000)
    const { pace } = paceAt(noon, { linkedAt, countUnasked: async () => 10 })
    await expect(pace.turn('broadcast')).rejects.toMatchObject({ kind: 'too_fast' })
    const { pace: before } = paceAt(noon, { linkedAt, countUnasked: async () => 9 })
    await before.turn('broadcast')
  })

  it('lets a post wait for its gap and for restrictions, but takes nothing of the budget', async () => {
    const { pace } = paceAt(noon, { countUnasked: async () => 1_000 })
    await pace.turn('post')
    await expect(pace.turn('post')).rejects.toMatchObject({ kind: 'too_fast', retryAfter: 60 })
    const { pace: restricted } = paceAt(noon, { restrictedUntil: () => new Date(noon + 5_000) })
    await expect(restricted.turn('post')).rejects.toMatchObject({ kind: 'too_fast', retryAfter: 5 })
  })
})

const day = 86_400_000

describe('budgetOn', () => {
  const linkedAt = new Date(noon)
  it.each([
    [0, 10],
    [1, 14],
    [7, 35],
    [13, 56],
    [14, 60],
    [400, 60],
  ])('is on day %i after linking %i of 60', (days, budget) => {
    expect(budgetOn(carefulPace, linkedAt, noon + days * day)).toBe(budget)
  })

  it('grows at midnight in Kota Kupang, as the count begins anew', () => {
    const midnight = noon + 12 * 3_600_000
    expect(budgetOn(carefulPace, linkedAt, midnight - 1)).toBe(10)
    expect(budgetOn(carefulPace, linkedAt, midnight)).toBe(14)
  })

  it('takes an account that nobody knows the age of for a new one, and is whole where nothing warms up', () => {
    expect(budgetOn(carefulPace, undefined, noon)).toBe(10)
    expect(budgetOn({ ...carefulPace, warmUpDays: 0 }, linkedAt, noon)).toBe(60)
    expect(budgetOn({ ...carefulPace, unaskedADay: 0 }, linkedAt, noon)).toBe(0)
    expect(budgetOn({ ...carefulPace, unaskedADay: 2 }, linkedAt, noon)).toBe(1)
  })
})

describe('whatsAppForecast', () => {
  it('tells the mean pace, the budget of today and what is used of it', async () => {
    const forecast = await whatsAppForecast({
      settings: carefulPace,
      countUnasked: async (since) => (since.getTime() === Date.UTC(2026, 0, 4, 16) ? 7 : 0),
      linkedAt: async () => new Date(noon - 7 * day),
      now: noon,
    })
    expect(forecast).toEqual({ perSecond: 1 / 60, perDay: 35, usedToday: 7 })
  })
})
