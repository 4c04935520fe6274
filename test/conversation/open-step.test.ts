import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Channel, type Progress, type ReceiptChannel, SendError } from '../../src/channels/channel.ts'
import type { Opening } from '../../src/conversation/open-step.ts'
import { createConversationStore } from '../../src/conversation/store.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { createFakeChannel, messageFrom } from './fake-channel.ts'
import { openConversation } from './open-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const hour = 60 * 60_000
const resume = 'Kembali ke isian tadi'

/** The row of the one chat on the channel. */
const chatRow = async ({ account }: Channel) => {
  const sql = 'SELECT flow, step, session, version, last_message_at FROM chat WHERE account = $1'
  const row = (await app.storage.database.pool.query(sql, [account])).rows[0]
  return { ...row, session: JSON.parse(app.storage.keyring.open(row.session)) }
}

/** A person who wrote these, and a program that opens steps in their chat. */
async function seat(...texts: readonly string[]) {
  const channel = createFakeChannel()
  const opened = openConversation(app)
  const { conversation, clock, hear } = opened
  conversation.attach(channel)
  for (const text of ['menu', ...texts]) await hear(channel, text)
  const chatId = await opened.chatOn(channel)
  const open = (opening: Opening, purpose?: 'reply' | 'notice') =>
    app.storage.database.prisma.$transaction((transaction) =>
      conversation.open(chatId, opening, transaction, purpose),
    )
  /** What is said because of it. */
  const saidBy = async (work: () => Promise<unknown>) => {
    const before = channel.sent.length
    await work()
    await conversation.wake(chatId)
    await conversation.idle()
    return channel.sent.slice(before).map(({ text }) => text)
  }
  const say = (text: string) => saidBy(() => hear(channel, text))
  const wait = (ms: number) => {
    clock.now = new Date(clock.now.getTime() + ms)
  }
  return { ...opened, channel, chatId, open, saidBy, say, wait }
}

/** Puts a person into the middle of a form: at the kelurahan of a status check, with a secret answered. */
async function inForm() {
  const seated = await seat()
  const { channel } = seated
  const { session } = await chatRow(channel)
  const hash = app.house().flows.flows.get('bansos')?.hash
  const form = { flow: 'bansos', step: 'kelurahan', hash, values: { birth_date: '1980-08-17' } }
  const at = {
    ...session,
    ...form,
    secrets: ['birth_date'],
    trail: [{ step: 'birth_date', saved: ['birth_date'] }],
  }
  await app.storage.database.pool.query(
    "UPDATE chat SET session = $2, flow = 'bansos', step = 'kelurahan' WHERE account = $1",
    [channel.account, app.storage.keyring.seal(JSON.stringify(at))],
  )
  return seated
}

describe('Conversation.open', () => {
  it('says what goes before and the step, and understands the answer', async () => {
    const { open, saidBy, say, channel, clock } = await seat()
    const { version } = await chatRow(channel)
    const to = 'menu/start'
    const said = await saidBy(() => open({ to, before: [{ text: 'Kabar dari Dinas Sosial.' }] }))
    expect(said).toEqual(['Kabar dari Dinas Sosial.', expect.stringContaining('Ada yang bisa')])
    expect(channel.sent.at(-1)?.purpose).toBe('notice')
    expect(await chatRow(channel)).toMatchObject({
      ...{ flow: 'menu', version: version + 1, last_message_at: clock.now },
    })
    expect((await say('2'))[0]).toContain('Mau tahu tentang apa')
  })

  it('sends as a reply what is one', async () => {
    const { open, saidBy, channel } = await seat()
    await saidBy(() => open({ to: 'menu/start' }, 'reply'))
    expect(channel.sent.at(-1)?.purpose).toBe('reply')
  })

  it('only stands there when it is quiet, and the old buttons are old', async () => {
    const { open, saidBy, say, hear, channel } = await seat()
    const { prompt } = (await chatRow(channel)).session
    const before = [{ text: 'Dinas Sosial: apakah sudah jelas?' }]
    expect(await saidBy(() => open({ to: 'menu/start', before, quiet: true }))).toEqual([before[0]!.text])
    expect(await saidBy(() => open({ to: 'menu/start', quiet: true }))).toEqual([])
    await hear(channel, { type: 'choice', value: `${prompt}.2` })
    expect(channel.sent.at(-1)?.text).not.toContain('Mau tahu')
    expect((await say('2'))[0]).toContain('Mau tahu tentang apa')
  })

  it('lets a form be gone on with, and keeps its secrets secret', async () => {
    const { open, saidBy, say, channel } = await inForm()
    const said = await saidBy(() => open({ to: 'menu/start' }))
    expect(said[0]).toContain(resume)
    const { session } = await chatRow(channel)
    expect(session.kept).toMatchObject({ flow: 'bansos', step: 'kelurahan', secrets: ['birth_date'] })
    expect((await say('lanjut'))[0]).toContain('Tinggal di kelurahan apa')
    expect(await chatRow(channel)).toMatchObject({ flow: 'bansos', step: 'kelurahan' })
    expect((await chatRow(channel)).session).toMatchObject({
      ...{ values: { birth_date: '1980-08-17' }, secrets: ['birth_date'], kept: null },
    })
  })

  it('still lets a form be gone on with after two steps were opened', async () => {
    const { open, saidBy, say } = await inForm()
    await saidBy(() => open({ to: 'menu/start', quiet: true }))
    expect((await saidBy(() => open({ to: 'menu/start' })))[0]).toContain(resume)
    expect((await say('lanjut'))[0]).toContain('Tinggal di kelurahan apa')
  })

  it('lets no form live on that was over already, and counts the day of the step from its opening', async () => {
    const { open, saidBy, say, wait } = await inForm()
    wait(25 * hour)
    expect((await saidBy(() => open({ to: 'menu/start' })))[0]).not.toContain(resume)
    wait(23 * hour)
    expect((await say('2')).join()).toContain('Mau tahu tentang apa')
    await saidBy(() => open({ to: 'menu/start' }))
    wait(25 * hour)
    await saidBy(() => open({ to: 'menu/start' }))
    expect((await say('2')).join()).toContain('Mau tahu tentang apa')
  })

  it('waits for the answer as long as it is told to, and no longer', async () => {
    const { open, say, wait, clock, channel } = await seat()
    const until = new Date(clock.now.getTime() + 60 * hour)
    const offer = {
      to: 'pelatihan-saya/tawaran',
      values: { number: 1, title: 'Las', name: 'Ina', until: '' },
    }
    await open({ ...offer, until })
    wait(50 * hour)
    expect((await chatRow(channel)).session.waits).toMatchObject({ at: 'pelatihan-saya/tawaran' })
    expect((await say('YA')).join()).toContain('tidak ada di percakapan ini')
    await open({ ...offer, until: new Date(clock.now.getTime() + 60 * hour) })
    wait(61 * hour)
    expect((await say('YA')).join()).not.toContain('tidak ada di percakapan ini')
    await open(offer)
    wait(25 * hour)
    expect((await say('YA')).join()).not.toContain('tidak ada di percakapan ini')
  })

  it('shows the notice first to whoever never saw it, and tells the ids of the rest', async () => {
    const { open, saidBy, conversation, chatId, channel } = await seat()
    const { pool } = app.storage.database
    await pool.query('DELETE FROM notice_shown WHERE chat_id = $1', [chatId])
    expect(await saidBy(() => open({ to: 'menu/start', quiet: true }))).toEqual([])
    let ids: readonly bigint[] = []
    const said = await saidBy(async () => {
      ids = (await open({ to: 'menu/start', before: [{ text: 'Kabar.' }] })).outboxIds
    })
    expect(said.map((text) => text.slice(0, 8))).toEqual(['Selamat ', 'Kabar.', 'Ada yang'])
    const { rows } = await pool.query('SELECT id FROM outbox_message WHERE chat_id = $1 ORDER BY id', [
      chatId,
    ])
    expect(ids.map(String)).toEqual(rows.slice(-2).map(({ id }) => id))
    expect([...(await conversation.deliveries(ids)).values()]).toEqual(['sent', 'sent'])
    const shown = await pool.query('SELECT text_hash FROM notice_shown WHERE chat_id = $1', [chatId])
    expect(shown.rows).toEqual([{ text_hash: expect.stringMatching(/^[0-9a-f]{64}$/) }])
    expect(await saidBy(() => open({ to: 'menu/start' }))).toHaveLength(1)
    expect(channel.sent.at(-1)?.text).toContain('Ada yang bisa')
  })

  it('refuses a step that calls an action, is not there or lacks a value, and changes nothing', async () => {
    const { open, saidBy, channel, chatId } = await seat()
    const before = await chatRow(channel)
    await expect(open({ to: 'cek-bot/start' })).rejects.toThrow('cek-bot/start calls ')
    await expect(open({ to: 'petugas/gone' })).rejects.toThrow('there is no step petugas/gone')
    await expect(open({ to: 'petugas/cerita' })).rejects.toThrow('opened without utterance')
    expect(await saidBy(async () => undefined)).toEqual([])
    expect(await chatRow(channel)).toEqual(before)
    const nobody = app.storage.database.prisma.$transaction((transaction) =>
      openConversation(app).conversation.open(chatId + 1_000_000n, { to: 'menu/start' }, transaction),
    )
    await expect(nobody).rejects.toThrow('there is no chat')
  })

  it('is undone with its transaction', async () => {
    const { conversation, chatId, saidBy, channel } = await seat()
    const before = await chatRow(channel)
    const undone = app.storage.database.prisma.$transaction(async (transaction) => {
      await conversation.open(chatId, { to: 'menu/start' }, transaction)
      throw new Error('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    expect(await saidBy(async () => undefined)).toEqual([])
    expect(await chatRow(channel)).toEqual(before)
  })

  it('has an answer that is being computed computed again, where the person stands then', async () => {
    const own = createConversationStore(app.storage.database)
    const reached = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    let isSlow = false
    const { conversation, hear, chatOn } = openConversation(app, {
      store: {
        async saveTurn(...args) {
          if (isSlow) {
            reached.resolve()
            await gate.promise
          }
          return own.saveTurn(...args)
        },
      },
    })
    const channel = createFakeChannel()
    conversation.attach(channel)
    await hear(channel, 'menu')
    isSlow = true
    await conversation.receive(messageFrom(channel, '2'))
    await reached.promise
    const chatId = await chatOn(channel)
    await app.storage.database.prisma.$transaction((transaction) =>
      openConversation(app).conversation.open(chatId, { to: 'pertanyaan/start', quiet: true }, transaction),
    )
    const before = channel.sent.length
    gate.resolve()
    await conversation.idle()
    const said = channel.sent.slice(before).map(({ text }) => text)
    expect(said.length).toBeGreaterThan(0)
    expect(said.join()).not.toContain('Mau tahu tentang apa')
  })
})

describe('Conversation.tell', () => {
  it('tells the ids of its messages, in and out of a transaction', async () => {
    const { conversation, chatId, saidBy } = await seat()
    const { prisma } = app.storage.database
    const messages = [{ text: 'satu' }, { text: 'dua' }]
    const outside = await conversation.tell(chatId, messages)
    const within = await prisma.$transaction((transaction) =>
      conversation.tell(chatId, messages, transaction),
    )
    const ids = [...outside.outboxIds, ...within.outboxIds]
    expect(new Set(ids).size).toBe(4)
    expect([...(await conversation.deliveries(ids)).values()]).toEqual(Array(4).fill('queued'))
    expect(await saidBy(async () => undefined)).toEqual(['satu', 'dua', 'satu', 'dua'])
    expect(ids).toEqual(ids.toSorted((one, other) => Number(one - other)))
    expect((await conversation.tell(chatId, [])).outboxIds).toEqual([])
  })
})

describe('Conversation.deliveries', () => {
  it('tells what became of each message, and nothing of those that are not kept', async () => {
    let tell: ((news: readonly Progress[]) => Promise<void>) | undefined
    const onProgress: ReceiptChannel['onProgress'] = (listener) => {
      tell = listener
    }
    const fate: Record<string, 'refused' | 'unknown'> = { ditolak: 'refused', entah: 'unknown' }
    const channel = {
      ...createFakeChannel(async ({ text }) => {
        const kind = fate[text]
        if (kind !== undefined) throw new SendError(kind)
      }),
      onProgress,
    }
    const { conversation, hear, chatOn, clock } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    const chatId = await chatOn(channel)
    const texts = ['terkirim', 'sampai', 'dibaca', 'ditolak', 'entah', 'antre']
    const { outboxIds } = await conversation.tell(
      chatId,
      texts.map((text) => ({ text })),
    )
    await conversation.wake(chatId)
    await conversation.idle()
    const tokenOf = (text: string) => channel.sent.find((sent) => sent.text === text)?.token ?? ''
    await tell?.([
      { token: tokenOf('sampai'), state: 'delivered', at: clock.now },
      { token: tokenOf('dibaca'), state: 'read', at: clock.now },
    ])
    const became = await conversation.deliveries([...outboxIds, 999_999_999n])
    // What is in doubt holds up what follows.
    expect(texts.map((text, at) => [text, became.get(outboxIds[at]!)])).toEqual([
      ['terkirim', 'sent'],
      ['sampai', 'delivered'],
      ['dibaca', 'read'],
      ['ditolak', 'failed'],
      ['entah', 'unknown'],
      ['antre', 'queued'],
    ])
    expect(became.size).toBe(6)
    expect((await conversation.deliveries([])).size).toBe(0)
  })
})

describe('Conversation.lines', () => {
  it('shows the newest lines of a chat, oldest first, masked and with what came along', async () => {
    const { conversation, chatId, say, saidBy, hear, channel, wait } = await seat()
    wait(1_000)
    await say('NIK saya 5399015708800011')
    wait(1_000)
    const media = { id: 'p1', type: 'photo', mime: 'image/jpeg' } as const
    await saidBy(() => hear(channel, { type: 'media', media, caption: 'rumah saya' }))
    const lines = await conversation.lines(chatId, 4)
    expect(lines.map(({ from, text, media }) => [from, text.split('\n')[0], media?.length ?? 0])).toEqual([
      ['person', 'NIK saya #', 0],
      ['bot', expect.any(String), 0],
      ['person', '[photo] rumah saya', 1],
      ['bot', expect.any(String), 0],
    ])
    expect(lines[2]?.media).toEqual([media])
    expect(await conversation.lines(chatId, 1)).toEqual(lines.slice(-1))
    const address = { channel: channel.name, account: channel.account, id: 'someone' }
    expect((await conversation.history(address)).every(({ media }) => media === undefined)).toBe(true)
  })

  it('has no photo that answered a secret question', async () => {
    const { conversation, chatId, saidBy, hear, channel } = await inForm()
    const { session } = await chatRow(channel)
    await app.storage.database.pool.query('UPDATE chat SET session = $2 WHERE account = $1', [
      channel.account,
      app.storage.keyring.seal(JSON.stringify({ ...session, step: 'birth_date' })),
    ])
    const media = { id: 'p1', type: 'photo', mime: 'image/jpeg' } as const
    await saidBy(() => hear(channel, { type: 'media', media, caption: '' }))
    const lines = await conversation.lines(chatId, 9)
    expect(lines.filter(({ from }) => from === 'person').at(-1)).toMatchObject({ text: '[photo]' })
    expect(lines.flatMap(({ media = [] }) => media)).toEqual([])
  })
})

describe('Conversation.isReachable', () => {
  it('says no of whoever blocked the bot, until they write again', async () => {
    let isBlocked = false
    const channel = createFakeChannel(async () => {
      if (isBlocked) throw new SendError('stopped')
    })
    const { conversation, hear, chatOn } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    const chatId = await chatOn(channel)
    expect(await conversation.isReachable(chatId)).toBe(true)
    isBlocked = true
    await conversation.tell(chatId, [{ text: 'kabar' }])
    await conversation.wake(chatId)
    await conversation.idle()
    expect(await conversation.isReachable(chatId)).toBe(false)
    isBlocked = false
    await hear(channel, 'menu')
    expect(await conversation.isReachable(chatId)).toBe(true)
    expect(await conversation.isReachable(chatId + 1_000_000n)).toBe(false)
  })
})
