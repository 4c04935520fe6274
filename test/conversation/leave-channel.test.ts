import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLeaveChannel } from '../../src/conversation/leave-channel.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { createFakeChannel, messageFrom } from './fake-channel.ts'
import { openConversation } from './open-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

/** A channel on which the first send hangs until it is let go. */
function hangingChannel() {
  const gate = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const channel = createFakeChannel(() => {
    begun.resolve()
    return gate.promise
  })
  return { channel, begun: begun.promise, letGo: gate.resolve }
}

const unsettled = async (account: string) =>
  (
    await app.storage.database.pool.query(
      `SELECT 1 FROM outbox_message o JOIN chat c ON c.id = o.chat_id
       WHERE c.account = $1 AND o.settled_at IS NULL`,
      [account],
    )
  ).rowCount

describe('createLeaveChannel', () => {
  it('waits for no chat of another channel', async () => {
    const { channel: other, begun, letGo } = hangingChannel()
    const channel = createFakeChannel()
    const { conversation } = openConversation(app)
    conversation.attach(other)
    conversation.attach(channel)
    await conversation.receive(messageFrom(other, 'menu'))
    await begun
    await conversation.receive(messageFrom(channel, 'menu'))
    await conversation.detach(channel)
    expect(channel.sent).toHaveLength(2)
    expect(await unsettled(channel.account)).toBe(0)
    expect(other.sent).toEqual([])
    letGo()
    await conversation.idle()
  })

  it('finishes what is under way, and begins nothing more on the channel', async () => {
    const { channel, begun, letGo } = hangingChannel()
    const { conversation, hear, sweepAfter } = openConversation(app)
    conversation.attach(channel)
    await conversation.receive(messageFrom(channel, 'menu'))
    await begun
    const left = conversation.detach(channel)
    await conversation.receive(messageFrom(channel, 'menu', { id: 'somebody else' }))
    await vi.waitFor(async () => expect(await unsettled(channel.account)).toBe(4))
    letGo()
    await left
    expect(channel.sent.map(({ to }) => to)).toEqual(['someone', 'someone'])
    await hear(channel, '2')
    await sweepAfter(60)
    expect(channel.sent).toHaveLength(2)
    conversation.attach(channel)
    await sweepAfter(60)
    expect(channel.sent).toHaveLength(5)
  })

  it.each(['finished', 'flush', 'chatsOn'] as const)('goes on without a %s that hangs', async (hangs) => {
    const never = new Promise<never>(() => undefined)
    const channel = createFakeChannel()
    const remove = vi.fn()
    const leave = createLeaveChannel({
      queue: { underWay: () => [1n], finished: () => (hangs === 'finished' ? never : Promise.resolve()) },
      settler: { flush: () => (hangs === 'flush' ? never : Promise.resolve()) },
      store: { chatsOn: () => (hangs === 'chatsOn' ? never : Promise.resolve([1n])) },
      reach: { close: () => undefined, remove },
      log: app.log,
      patienceMs: 1,
    })
    await leave(channel)
    expect(remove).toHaveBeenCalledWith(channel)
  })
})
