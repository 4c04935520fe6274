import { describe, expect, it } from 'vitest'
import { GroupError } from '../../src/channels/telegram-staff-failure.ts'
import { type GroupNews, readGroupUpdate } from '../../src/channels/telegram-staff-message.ts'
import { telegramUpdate } from '../../src/channels/telegram-update.ts'
import { setUpTelegram, type TelegramSetup } from '../support/bot-api/telegram-setup.ts'

const chat = -1_005_399_000_009

/** Has the channel listen to the group, and answers what it heard. */
function watch({ channel, server }: TelegramSetup): GroupNews[] {
  const heard: GroupNews[] = []
  channel.watchGroups({
    isWatched: async (chatId) => chatId === chat,
    async hear(news) {
      heard.push(news)
      server.world.changes.notify()
    },
  })
  return heard
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => (error instanceof GroupError ? error : undefined),
  )

describe('watchGroups', () => {
  it('hands over what is written in the watched group, and never as a message of a resident', async () => {
    await using telegram = await setUpTelegram()
    const { server } = telegram
    const heard = watch(telegram)
    await telegram.start()
    const group = server.group(chat, { isForum: true })
    group.member(7, 'Budi').say('halo', { topic: 5 })
    server.person(1).sayInGroup(-5, 'di grup lain')
    server.person(1).say('sendiri')
    await server.until(() => heard.length === 1 && telegram.received.length === 1, 'both came')
    await server.until(() => server.world.queue.pending().length === 0, 'all is confirmed')
    expect(heard).toMatchObject([
      {
        type: 'message',
        message: {
          ...{ chatId: chat, topic: 5, isEdit: false, repliesTo: undefined },
          author: { type: 'member', id: '7', name: 'Budi' },
          content: { type: 'text', text: 'halo' },
        },
      },
    ])
    expect(telegram.received).toMatchObject([{ from: { id: '1' }, content: { text: 'sendiri' } }])
  })

  it('is told again of what could not be made durable, while residents go on', async () => {
    await using telegram = await setUpTelegram()
    const { server, channel } = telegram
    let tries = 0
    channel.watchGroups({
      isWatched: async () => true,
      async hear() {
        tries += 1
        server.world.changes.notify()
        if (tries < 3) throw new Error('the database is away')
      },
    })
    server.group(chat).member(7).say('halo')
    server.person(1).say('sendiri')
    await telegram.start()
    await telegram.receivedCount(1)
    await server.until(() => server.world.queue.pending().length === 0, 'all is confirmed')
    expect([tries, telegram.received.length]).toEqual([3, 1])
  })

  it('hears the bot named in a command, and leaves those of other bots alone', async () => {
    await using telegram = await setUpTelegram()
    const { server } = telegram
    const heard = watch(telegram)
    await telegram.start()
    const member = server.group(chat).member(7)
    member.say('/Ambil@Lopo_Bot sekarang')
    member.say('/ambil@bot_lain')
    member.say('/lepas')
    await server.until(() => heard.length === 2, 'two were heard')
    expect(heard).toMatchObject([
      { message: { content: { type: 'command', name: 'ambil', rest: 'sekarang' } } },
      { message: { content: { type: 'command', name: 'lepas', rest: '' } } },
    ])
  })
})

describe('readGroupUpdate', () => {
  const bot = { account: '1', username: 'lopo_bot' }
  const read = (message: Readonly<Record<string, unknown>>, key = 'message') => {
    const whole = { message_id: 2, date: 1, chat: { id: chat, type: 'supergroup' }, ...message }
    return readGroupUpdate(telegramUpdate.parse({ update_id: 1, [key]: whole }), bot)
  }
  const from = { id: 7, is_bot: false, first_name: 'Budi' }

  it.each([
    ['what a bot writes', { from: { id: 9, is_bot: true }, text: 'x' }],
    ['what a linked channel posts', { from, is_automatic_forward: true, sender_chat: { id: 3 }, text: 'x' }],
    ['that somebody joined', { from, new_chat_members: [from] }],
    ['that a topic was made', { from, forum_topic_created: { name: 'x' } }],
  ])('passes over %s', (_what, message) => {
    expect(read(message)).toBeUndefined()
  })

  it('tells apart who writes', () => {
    const anonymous = { from: { id: 1_087_968_824, is_bot: true }, sender_chat: { id: chat }, text: 'x' }
    const channel = { from: { id: 136_817_688, is_bot: true }, sender_chat: { id: -3 }, text: 'x' }
    const authors = [anonymous, channel].map((message) => read(message))
    expect(authors).toMatchObject([
      { message: { author: { type: 'anonymous' } } },
      { message: { author: { type: 'channel' } } },
    ])
  })

  it('knows a reply to the bot from a reply to anybody else', () => {
    const reply = (id: number) => ({
      from,
      text: 'x',
      reply_to_message: { message_id: 5, from: { id }, text: '#3 · a' },
    })
    expect(read(reply(1))).toMatchObject({ message: { repliesTo: { messageId: 5, text: '#3 · a' } } })
    expect(read(reply(8))).toMatchObject({ message: { repliesTo: undefined } })
  })

  it('takes a thread of replies for no topic', () => {
    expect(read({ from, text: 'x', message_thread_id: 4 })).toMatchObject({ message: { topic: undefined } })
  })

  it('reads an edit, a file of an album, and that the group moved', () => {
    expect(read({ from, text: 'x', edit_date: 2 }, 'edited_message')).toMatchObject({
      message: { isEdit: true },
    })
    expect(read({ from, photo: [{ file_id: 'a' }], caption: 'x', media_group_id: '4' })).toMatchObject({
      message: { content: { type: 'other', album: '4' } },
    })
    expect(read({ from, migrate_to_chat_id: -9 })).toEqual({ type: 'moved', from: chat, to: -9 })
  })
})

describe('groups', () => {
  it('describes a group, and refuses a chat with one person', async () => {
    await using telegram = await setUpTelegram()
    const { server, channel } = telegram
    server.group(chat, { isForum: true })
    server.person(1)
    expect(await channel.groups.describe(chat)).toEqual({ isForum: true })
    expect(await failureOf(channel.groups.describe(1))).toMatchObject({ kind: 'no_chat' })
  })

  it('closes and opens topics, also such as are so already', async () => {
    await using telegram = await setUpTelegram()
    const { groups } = telegram.channel
    const group = telegram.server.group(chat, { isForum: true })
    const topic = await groups.createTopic(chat, '12 · pengaduan')
    await groups.closeTopic(chat, topic)
    await groups.closeTopic(chat, topic)
    expect(group.state.topics.get(topic)?.closed).toBe(true)
    expect(await failureOf(groups.post({ chatId: chat, threadId: topic }, 'x'))).toMatchObject({
      kind: 'topic_closed',
    })
    await groups.reopenTopic(chat, topic)
    await groups.post({ chatId: chat, threadId: topic }, 'x')
    group.deleteTopic(topic)
    expect(await failureOf(groups.post({ chatId: chat, threadId: topic }, 'x'))).toMatchObject({
      kind: 'topic_gone',
    })
  })

  it('answers a message, and posts all the same when that is gone', async () => {
    await using telegram = await setUpTelegram()
    const group = telegram.server.group(chat)
    const asked = group.member(7).say('halo')
    const { groups } = telegram.channel
    await groups.post({ chatId: chat, replyTo: asked }, 'a')
    await groups.post({ chatId: chat, replyTo: 4_711 }, 'b')
    expect(group.inbox.map(({ replyTo }) => replyTo)).toEqual([asked, undefined])
  })

  it('posts as a document what Telegram takes for no photo', async () => {
    await using telegram = await setUpTelegram()
    const group = telegram.server.group(chat)
    telegram.server.fail(
      { method: 'sendPhoto' },
      { type: 'error', code: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' },
    )
    const file = { mime: 'image/png', bytes: new Uint8Array([1, 2]) }
    await telegram.channel.groups.postFile({ chatId: chat }, file, 'Lampiran')
    expect(group.inbox).toMatchObject([{ kind: 'document', text: 'Lampiran', file: { name: 'foto.png' } }])
  })

  it.each([
    [{ code: 400, description: 'Bad Request: chat not found' }, { kind: 'no_chat' }],
    [{ code: 403, description: 'Forbidden: bot was kicked from the supergroup chat' }, { kind: 'no_chat' }],
    [
      { code: 400, description: 'Bad Request: not enough rights to send text messages' },
      { kind: 'no_rights' },
    ],
    [{ code: 400, description: 'Bad Request: CHAT_WRITE_FORBIDDEN' }, { kind: 'no_rights' }],
    [{ code: 400, description: 'Bad Request: message thread not found' }, { kind: 'topic_gone' }],
    [{ code: 400, description: 'Bad Request: message is too long' }, { kind: 'refused' }],
    [
      { code: 429, description: 'x', retryAfter: 9 },
      { kind: 'too_fast', retryAfter: 9 },
    ],
    [{ code: 502, description: 'Bad Gateway' }, { kind: 'unavailable' }],
  ])('tells what %j means', async (error, failure) => {
    await using telegram = await setUpTelegram()
    telegram.server.group(chat)
    telegram.server.fail({ method: 'sendMessage' }, { type: 'error', ...error })
    expect(await failureOf(telegram.channel.groups.post({ chatId: chat }, 'x'))).toMatchObject(failure)
  })

  it('tells where a group went that became a supergroup', async () => {
    await using telegram = await setUpTelegram()
    telegram.server.group(chat, { type: 'group' }).upgrade(chat - 1)
    const failure = await failureOf(telegram.channel.groups.post({ chatId: chat }, 'x'))
    expect(failure).toMatchObject({ kind: 'moved', movedTo: chat - 1 })
  })

  it('carries no text and no token in a failure', async () => {
    await using telegram = await setUpTelegram()
    telegram.server.group(chat)
    telegram.server.fail({ method: 'sendMessage' }, { type: 'cut', when: 'before' })
    const failure = await failureOf(telegram.channel.groups.post({ chatId: chat }, 'rahasia warga'))
    expect(failure?.kind).toBe('unavailable')
    const told = JSON.stringify([failure, String(failure?.cause), failure?.stack])
    expect(told).not.toContain('rahasia warga')
    expect(told).not.toContain(telegram.server.token)
  })
})
