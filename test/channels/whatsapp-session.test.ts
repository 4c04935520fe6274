import { describe, expect, it } from 'vitest'
import { dropSpentChains } from '../../src/channels/whatsapp-session.ts'

const spent = () => ({ chainType: 2, chainKey: { counter: 3 }, messageKeys: {} })
const open = { chainType: 2, chainKey: { counter: 1, key: 'a2V5' }, messageKeys: {} }
const awaiting = { chainType: 2, chainKey: { counter: 4 }, messageKeys: { 2: 'a2V5' } }
const sending = { chainType: 1, chainKey: { counter: 2 }, messageKeys: {} }

const session = (chains: Record<string, unknown>) => ({
  _sessions: { base: { _chains: chains } },
  version: 'v1',
})

describe('dropSpentChains', () => {
  it('keeps the newest spent chains, and every chain that can open something', () => {
    const old = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`spent ${index}`, spent()]))
    const kept = session({ awaiting, ...old, open, sending })
    dropSpentChains(kept)
    expect(Object.keys(kept._sessions.base._chains)).toEqual([
      ...['awaiting', 'spent 4', 'spent 5', 'spent 6', 'spent 7', 'spent 8', 'open', 'sending'],
    ])
  })

  it('leaves alone what it does not know', () => {
    for (const strange of [
      null,
      'text',
      {},
      { _sessions: 1 },
      session({ odd: 1 }),
      { _sessions: { base: {} } },
    ]) {
      const before = structuredClone(strange)
      dropSpentChains(strange)
      expect(strange).toEqual(before)
    }
  })
})
