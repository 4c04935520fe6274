import { describe, expect, it } from 'vitest'
import type { Settlement } from '../../src/conversation/outbox-store.ts'
import { createSettler } from '../../src/conversation/settle.ts'

const sent = (id: bigint): Settlement => ({ id, status: 'sent', externalId: null, failure: null })

describe('createSettler', () => {
  it('writes what gathers during a write in one batch', async () => {
    const batches: (readonly Settlement[])[] = []
    const gate = Promise.withResolvers<void>()
    const settler = createSettler({
      store: {
        async settle(settlements) {
          batches.push(settlements)
          if (batches.length === 1) await gate.promise
        },
      },
      now: () => new Date(),
      onError: () => undefined,
    })
    settler.add(sent(1n))
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    settler.add(sent(2n))
    settler.add(sent(3n))
    gate.resolve()
    await settler.flush()
    expect(batches.map((batch) => batch.map(({ id }) => id))).toEqual([[1n], [2n, 3n]])
  })

  it('keeps what could not be written for the next write', async () => {
    const written: bigint[] = []
    let broken = true
    const settler = createSettler({
      store: {
        async settle(settlements) {
          if (broken) throw new Error('no connection')
          written.push(...settlements.map(({ id }) => id))
        },
      },
      now: () => new Date(),
      onError: () => undefined,
    })
    settler.add(sent(7n))
    await expect(settler.flush()).rejects.toThrow('no connection')
    broken = false
    await settler.flush()
    expect(written).toEqual([7n])
  })
})
