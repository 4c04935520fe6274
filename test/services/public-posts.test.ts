import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PostingChannel, SendError, type SendErrorKind } from '../../src/channels/channel.ts'
import type { BulkNews } from '../../src/conversation/batches.ts'
import { startPublicPosts } from '../../src/services/public-posts.ts'
import { createBulkChannel } from '../conversation/bulk-world.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({
    LOPO_NOW: '2026-12-07T09:00:00+08:00',
    WHATSAPP_ENABLED: 'yes',
    WHATSAPP_PUBLIC_CHANNEL: '120363000000000001@newsletter',
  })
})
afterAll(() => app.close())

/** A broadcast that has begun, with a post that waits. */
async function putPost(): Promise<bigint> {
  const { prisma } = app.storage.database
  const { id } = await prisma.broadcast.create({
    data: {
      ...{ title: 'x', text: 'x', audience: { topics: ['umkm'] }, posts: ['whatsapp'] },
      ...{ state: 'sending', phase: 'rest' },
    },
  })
  await prisma.broadcastPost.create({ data: { broadcastId: id, channel: 'whatsapp' } })
  return id
}

describe('startPublicPosts', () => {
  it.each([
    ['restricted', 'failed', true],
    ['refused', 'failed', false],
    ['unknown', 'unknown', false],
  ] as const)(
    'of a post that is %s notes it as %s, and says so if the platform warned: %s',
    async (kind, state, isWarned) => {
      const news: BulkNews[] = []
      app.conversation.onBulk((one) => void news.push(one))
      const id = await putPost()
      const channel = postingChannel(kind)
      const end = startPublicPosts(app, channel, 'whatsapp')
      const { prisma } = app.storage.database
      const post = () => prisma.broadcastPost.findFirstOrThrow({ where: { broadcastId: id } })
      await expect.poll(async () => (await post()).settledAt !== null).toBe(true)
      await end()
      expect((await post()).state).toBe(state)
      const told = { type: 'warned', channel: 'whatsapp', account: channel.account, kind: 'restricted' }
      expect(news).toEqual(isWarned ? [told] : [])
    },
  )
})

function postingChannel(kind: SendErrorKind): PostingChannel {
  return { ...createBulkChannel(), post: () => Promise.reject(new SendError(kind)) }
}
