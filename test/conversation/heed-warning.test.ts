import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Channel, SendError } from '../../src/channels/channel.ts'
import type { BulkNews } from '../../src/conversation/batches.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { createBulkChannel, createBulkWorld, queued, sent } from './bulk-world.ts'
import { createFakeChannel, type Sent } from './fake-channel.ts'
import { openConversation } from './open-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

/** A conversation with a channel that refuses what is restricted, and all that was told of it. */
function open(isRestricted: (sent: Sent) => boolean) {
  const channel = createBulkChannel(async (one) => {
    if (isRestricted(one)) throw new SendError('restricted')
  })
  const opened = openConversation(app)
  const world = createBulkWorld(app.storage.database, channel.account)
  const news: BulkNews[] = []
  opened.conversation.onBulk((one) => void news.push(one))
  return { ...opened, channel, world, news }
}

const warned = ({ account }: Channel) => ({
  ...{ type: 'warned', channel: 'whatsapp', account, kind: 'restricted' },
})

describe('heedWarning', () => {
  it.each(['notice', 'reply'] as const)(
    'is called where the platform warns of a %s: broadcasts rest for an hour, and it is told',
    async (purpose) => {
      const { conversation, channel, world, news, sweepAfter } = open((one) => one.purpose === purpose)
      const [person, ...others] = await world.seat(3)
      await conversation.tell(person!.chatId, [{ text: 'Jadwal pindah.' }], undefined, purpose)
      conversation.attach(channel)
      await sweepAfter(1)
      expect(news).toEqual([warned(channel)])
      await world.tell(conversation, others)
      await sweepAfter(3_598)
      expect((await world.states()).slice(1)).toEqual([queued, queued])
      await sweepAfter(2)
      expect((await world.states()).slice(1)).toEqual([sent, sent])
    },
  )

  it('tells again of what is refused while the account rests: somebody may have let a broadcast go on', async () => {
    const { conversation, channel, world, news, sweepAfter } = open(() => true)
    const [person] = await world.seat(1)
    conversation.attach(channel)
    for (const text of ['satu', 'dua']) {
      await conversation.tell(person!.chatId, [{ text }])
      await sweepAfter(60)
    }
    expect(news).toEqual([warned(channel), warned(channel)])
  })

  it('is told of a channel that takes no broadcasts too, and nothing is told where only one person is gone', async () => {
    const { conversation, news } = open(() => false)
    const channel = createFakeChannel()
    conversation.attach(channel)
    conversation.heedWarning(channel, 'restricted')
    expect(news).toEqual([warned(channel)])
    const gone = open(() => false)
    const blocked = createBulkChannel(async () => {
      throw new SendError('stopped')
    })
    const [person] = await createBulkWorld(app.storage.database, blocked.account).seat(1)
    await gone.conversation.tell(person!.chatId, [{ text: 'x' }])
    gone.conversation.attach(blocked)
    await gone.sweepAfter(1)
    expect(gone.news).toEqual([])
  })
})
