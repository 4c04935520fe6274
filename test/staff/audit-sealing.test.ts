import { describe, expect, it } from 'vitest'
import { createLogger } from '../../src/log.ts'
import { readHead, writeHead } from '../../src/staff/trail/audit-chain.ts'
import type { Sealing } from '../../src/staff/trail/seal-trail.ts'
import { startTrailSealing } from '../../src/staff/trail/trail-sealing.ts'

const hash = new Uint8Array(32).fill(0x12)

/** Sealing that is asked again and again; each call waits until the test has seen it. */
function fakeSealing(results: (Sealing | Error)[]) {
  const calls: (() => void)[] = []
  let count = 0
  return {
    seal: async (): Promise<Sealing> => {
      count += 1
      calls.shift()?.()
      const result = results.shift() ?? { type: 'busy' }
      if (result instanceof Error) throw result
      return result
    },
    called: () => new Promise<void>((resolve) => void calls.push(resolve)),
    count: () => count,
  }
}

describe('startTrailSealing', () => {
  it('seals at once, again and again, and a last time at the end', async () => {
    const logged: string[] = []
    const log = createLogger('info', { write: (line) => logged.push(line) })
    const sealed = (count: number): Sealing => ({ type: 'sealed', entries: 1, head: { count, hash } })
    const fake = fakeSealing([sealed(1), new Error('the database is away'), sealed(2), sealed(12_345_678)])
    const part = startTrailSealing({ seal: fake.seal, now: () => new Date(0), log, everyMs: 1 })
    await fake.called()
    await fake.called()
    const before = fake.count()
    await part.stop()
    expect(fake.count()).toBeGreaterThan(before)
    const counted = fake.count()
    await new Promise((resolve) => setImmediate(resolve))
    expect(fake.count()).toBe(counted)
    expect(logged.filter((line) => line.includes('could not be sealed'))).toHaveLength(1)
    expect(logged[0]).toContain(writeHead({ count: 1, hash }))
  })
})

describe('writeHead', () => {
  it('is read back, also from the log that masks long numbers', () => {
    for (const count of [0, 7, 999, 1_000, 12_345_678, 123_456_789_012]) {
      const head = { count, hash }
      const logged: string[] = []
      createLogger('info', { write: (line) => logged.push(line) }).info({ head: writeHead(head) }, 'x')
      expect(readHead(JSON.parse(logged[0]!).head)).toEqual(head)
    }
  })

  it('is nothing else', () => {
    const head = writeHead({ count: 5, hash })
    for (const wrong of [
      '',
      '5',
      `${head}a`,
      head.replace('5', 'x'),
      head.replace(/.$/, 'z'),
      head.slice(1),
    ]) {
      expect(readHead(wrong)).toBeUndefined()
    }
  })
})
