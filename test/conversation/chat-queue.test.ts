import { describe, expect, it } from 'vitest'
import { createChatQueue } from '../../src/conversation/chat-queue.ts'

describe('createChatQueue', () => {
  it('runs the work of one chat in order, also after a failure', async () => {
    const queue = createChatQueue<bigint>()
    const done: number[] = []
    const first = Promise.withResolvers<void>()
    const one = queue.add(1n, () => first.promise.then(() => void done.push(1)))
    const two = queue.add(1n, async () => {
      done.push(2)
      throw new Error('broken')
    })
    const three = queue.add(1n, async () => void done.push(3))
    first.resolve()
    await one
    await expect(two).rejects.toThrow('broken')
    await three
    expect(done).toEqual([1, 2, 3])
  })

  it('runs different chats side by side', async () => {
    const queue = createChatQueue<bigint>()
    const never = Promise.withResolvers<void>()
    void queue.add(1n, () => never.promise)
    await queue.add(2n, async () => undefined)
    expect(queue.isIdle(1n)).toBe(false)
    never.resolve()
    await queue.idle()
    expect(queue.isIdle(1n)).toBe(true)
  })

  it('waits for what was added for some chats so far, and for nothing else', async () => {
    const queue = createChatQueue<bigint>()
    const [never, one] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    void queue.add(1n, () => one.promise)
    void queue.add(2n, () => never.promise)
    expect(queue.underWay()).toEqual([1n, 2n])
    const finished = queue.finished([1n, 3n])
    void queue.add(1n, () => never.promise)
    one.resolve()
    await finished
    expect(queue.underWay()).toEqual([1n, 2n])
  })
})
