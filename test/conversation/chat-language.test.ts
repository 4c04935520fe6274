import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { createFakeChannel } from './fake-channel.ts'
import { openConversation } from './open-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

/** A chat, what is asked of its texts, and what is kept of its language. */
function openChat() {
  const channel = createFakeChannel()
  const asked: string[] = []
  const opened = openConversation(app, {
    dialectOf(text) {
      asked.push(text)
      return text.startsWith('beta') ? 'kupang' : text.startsWith('saya') ? 'indonesia' : undefined
    },
  })
  opened.conversation.attach(channel)
  const language = async () =>
    (await app.storage.database.prisma.chat.findFirst({ where: { account: channel.account } }))?.language
  return { ...opened, channel, asked, language }
}

describe('createConversation, hearing what people write in', () => {
  it('keeps what the last text told that tells it', async () => {
    const { channel, hear, language } = openChat()
    await hear(channel, 'menu')
    expect(await language()).toBe(null)
    await hear(channel, 'beta mo tanya')
    expect(await language()).toBe('kupang')
    await hear(channel, 'menu')
    expect(await language()).toBe('kupang')
    await hear(channel, 'saya mau tanya')
    expect(await language()).toBe('indonesia')
  })

  it('asks of nothing but texts, and of no secret', async () => {
    const { conversation, channel, hear, chatOn, asked } = openChat()
    await hear(channel, { type: 'unreadable', what: 'voice' })
    await hear(channel, 'menu')
    const chatId = await chatOn(channel)
    await app.storage.database.prisma.$transaction((transaction) =>
      conversation.open(chatId, { to: 'bansos/birth_date' }, transaction),
    )
    await hear(channel, '17-08-1980')
    expect(asked).toEqual(['menu'])
  })
})
