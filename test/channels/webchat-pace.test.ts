import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPaceKeeper } from '../../src/channels/webchat-pace.ts'

describe(createPaceKeeper.name, () => {
  it('allows a burst, then tells the seconds until the next', () => {
    let now = 0
    const keeper = createPaceKeeper({ burst: 2, perSecond: 0.5 }, () => now)
    expect([keeper.take('a'), keeper.take('a'), keeper.take('a'), keeper.take('b')]).toEqual([0, 0, 2, 0])
    now = 2000
    expect([keeper.take('a'), keeper.take('a')]).toEqual([0, 2])
  })

  it('never allows more than the burst and what time has added, even when the clock goes back', () => {
    const steps = fc.array(fc.integer({ min: -500, max: 5000 }), { maxLength: 100 })
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 9 }), (waits, burst) => {
        let now = 0
        let forward = 0
        let allowed = 0
        const keeper = createPaceKeeper({ burst, perSecond: 1 }, () => now)
        for (const wait of waits) {
          now += wait
          forward += Math.max(0, wait)
          if (keeper.take('a') === 0) allowed += 1
        }
        expect(allowed).toBeLessThanOrEqual(burst + forward / 1000 + 1e-6)
      }),
    )
  })

  it('says a wait after which it allows', () => {
    const paces = fc.record({
      burst: fc.integer({ min: 1, max: 5 }),
      perSecond: fc.integer({ min: 1, max: 10 }),
    })
    fc.assert(
      fc.property(paces, (pace) => {
        let now = 0
        const keeper = createPaceKeeper(pace, () => now)
        let wait = 0
        while (wait === 0) wait = keeper.take('a')
        now += wait * 1000
        expect(keeper.take('a')).toBe(0)
      }),
    )
  })
})
