import { describe, expect, it, vi } from 'vitest'
import { createLogger } from '../../src/log.ts'
import { ownAccount } from '../../src/services/account-owner.ts'

const log = createLogger('silent')

/** A lock that one at a time can have. */
function createFakeLock() {
  let held = false
  let lose: () => void = () => undefined
  return {
    lose: () => lose(),
    isHeld: () => held,
    async take() {
      if (held) return undefined
      held = true
      const lost = Promise.withResolvers<void>()
      lose = () => {
        held = false
        lost.resolve()
      }
      return {
        lost: lost.promise,
        async release() {
          held = false
        },
      }
    },
  }
}

describe('ownAccount', () => {
  it('serves alone, and hands over when it stops', async () => {
    const lock = createFakeLock()
    const serving: string[] = []
    const own = (name: string) =>
      ownAccount({
        take: lock.take,
        log,
        standbyMs: 5,
        async serve() {
          serving.push(name)
          return { leave: async () => void serving.splice(serving.indexOf(name), 1) }
        },
      })
    const one = await own('one')
    const two = await own('two')
    expect(serving).toEqual(['one'])
    await one.stop()
    await vi.waitFor(() => expect(serving).toEqual(['two']))
    await two.stop()
    expect(serving).toEqual([])
    expect(lock.isHeld()).toBe(false)
  })

  it('takes the account again after it was lost, also when leaving it failed', async () => {
    const lock = createFakeLock()
    let terms = 0
    const owner = await ownAccount({
      take: lock.take,
      log,
      standbyMs: 5,
      async serve() {
        terms += 1
        return {
          async leave() {
            throw new Error('no database')
          },
        }
      },
    })
    lock.lose()
    await vi.waitFor(() => expect(terms).toBe(2))
    await owner.stop()
  })

  it('leaves, and gives the account back, when there is nothing more to serve', async () => {
    const lock = createFakeLock()
    const over = Promise.withResolvers<void>()
    let terms = 0
    const owner = await ownAccount({
      take: async () => (terms === 0 ? lock.take() : undefined),
      log,
      standbyMs: 5,
      async serve() {
        terms += 1
        return { over: over.promise, leave: async () => undefined }
      },
    })
    over.resolve()
    await vi.waitFor(() => expect(lock.isHeld()).toBe(false))
    await owner.stop()
    expect(terms).toBe(1)
  })

  it('rejects when serving fails at first, and gives the account back', async () => {
    const lock = createFakeLock()
    const serve = () => Promise.reject(new Error('wrong token'))
    await expect(ownAccount({ take: lock.take, serve, log })).rejects.toThrow('wrong token')
    expect(lock.isHeld()).toBe(false)
  })

  it('tries again when serving fails later', async () => {
    const lock = createFakeLock()
    let tries = 0
    const owner = await ownAccount({
      take: lock.take,
      log,
      standbyMs: 5,
      async serve() {
        tries += 1
        if (tries === 2) throw new Error('not now')
        return { leave: async () => undefined }
      },
    })
    lock.lose()
    await vi.waitFor(() => expect(tries).toBe(3))
    expect(lock.isHeld()).toBe(true)
    await owner.stop()
  })
})
