import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carefulPace, createPace, type PaceDeps } from '../../src/channels/whatsapp-pace.ts'

const noon = Date.UTC(2026, 0, 5, 4)

function paceAt(start: number, more: Partial<PaceDeps> = {}) {
  const clock = { at: start }
  const pace = createPace({
    settings: carefulPace,
    countUnasked: async () => 0,
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
})
