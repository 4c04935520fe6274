import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reactTo } from '../../src/channels/whatsapp-close.ts'

const codes = fc.option(fc.integer({ min: 0, max: 1_100 }), { nil: undefined })
const attempts = fc.nat({ max: 100_000 })
const chance = fc.double({ min: 0, max: 1, noNaN: true })
/** The wait without its chance. */
const longest = (code: number | undefined, tries: number) => reactTo({ code, attempts: tries }, () => 1)

describe('reactTo', () => {
  it.each([
    [400, 'untrusted'],
    [401, 'logged_out'],
    [402, 'banned'],
    [403, 'forbidden'],
    [405, 'outdated'],
    [406, 'logged_out'],
    [409, 'outdated'],
    [411, 'mismatch'],
    [440, 'replaced'],
  ])('stops on %i, however often: %s', (code, reason) => {
    for (const tries of [0, 1, 50]) expect(longest(code, tries)).toEqual({ type: 'stop', reason })
  })

  it.each([
    [408, 'unreachable'],
    [428, 'closed'],
    [500, 'bad_session'],
    [503, 'unavailable'],
    [599, 'unknown'],
    [undefined, 'unknown'],
  ])('tries again for ever on %s, at last once a minute', (code, reason) => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 7, 1_000].map((tries) => longest(code, tries))
    expect(waits).toEqual(
      [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000].map((afterMs) => {
        return { type: 'reconnect', afterMs, reason }
      }),
    )
  })

  it('comes back at once when WhatsApp asks for a restart, but not over and over', () => {
    expect(longest(515, 0)).toEqual({ type: 'reconnect', afterMs: 0, reason: 'restart' })
    expect(longest(515, 1)).toEqual({ type: 'reconnect', afterMs: 2_000, reason: 'restart' })
    expect(longest(515, 99)).toEqual({ type: 'reconnect', afterMs: 60_000, reason: 'restart' })
  })

  it('keeps every wait between nearly a second and a minute, save the one restart', () => {
    fc.assert(
      fc.property(codes, attempts, chance, (code, tries, random) => {
        const reaction = reactTo({ code, attempts: tries }, () => random)
        if (reaction.type === 'stop' || (code === 515 && tries === 0)) return
        expect(reaction.afterMs).toBeGreaterThanOrEqual(800)
        expect(reaction.afterMs).toBeLessThanOrEqual(60_000)
      }),
    )
  })

  it('never waits less for trying more, apart from chance', () => {
    fc.assert(
      fc.property(codes, attempts, attempts, chance, (code, one, other, random) => {
        const [fewer, more] = [Math.min(one, other), Math.max(one, other)].map((tries) =>
          reactTo({ code, attempts: tries }, () => random),
        )
        expect(more?.type).toBe(fewer?.type)
        if (fewer?.type === 'reconnect' && more?.type === 'reconnect') {
          expect(more.afterMs).toBeGreaterThanOrEqual(fewer.afterMs)
        }
      }),
    )
  })

  it('makes few connections in an hour, whatever the closes that come one upon another', () => {
    const run = fc.array(fc.constantFrom(408, 428, 500, 503, 515, 599, undefined), {
      minLength: 120,
      maxLength: 120,
    })
    fc.assert(
      fc.property(run, chance, (closes, random) => {
        let passed = 0
        let connections = 0
        for (const [tries, code] of closes.entries()) {
          const reaction = reactTo({ code, attempts: tries }, () => random)
          // None of these is a reason to give up.
          if (reaction.type === 'stop') throw new Error('stopped')
          passed += reaction.afterMs
          if (passed <= 3_600_000) connections += 1
        }
        expect(connections).toBeLessThanOrEqual(82)
      }),
    )
  })

  it('spreads who come back at the same time', () => {
    const waits = [0, 0.5, 1].map((random) => reactTo({ code: 428, attempts: 3 }, () => random))
    expect(waits).toMatchObject([{ afterMs: 6_400 }, { afterMs: 7_200 }, { afterMs: 8_000 }])
  })

  it('knows no reaction but coming back and stopping', () => {
    fc.assert(
      fc.property(codes, attempts, chance, (code, tries, random) => {
        const reaction = reactTo({ code, attempts: tries }, () => random)
        const fields = reaction.type === 'stop' ? ['type', 'reason'] : ['type', 'afterMs', 'reason']
        expect(['stop', 'reconnect']).toContain(reaction.type)
        expect(Object.keys(reaction).sort()).toEqual(fields.sort())
      }),
    )
  })
})
