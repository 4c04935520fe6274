import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { latenessOf, storableTime } from '../../src/conversation/lateness.ts'
import { createTicketStore } from '../../src/inquiry/store.ts'
import { closed } from '../../src/inquiry/ticket-change.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { createFakeChannel } from './fake-channel.ts'
import { openConversation } from './open-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const minute = 60_000
const hour = 60 * minute
const now = new Date('2026-01-05T01:00:00Z')

/** A person who wrote before, and the clock by which messages are late. */
async function seat(first: string | null = 'menu') {
  const channel = createFakeChannel()
  const opened = openConversation(app)
  const { conversation, clock } = opened
  conversation.attach(channel)
  const at = (ms: number) => new Date(clock.now.getTime() + ms)
  /** What is answered to a message that was written so long ago. */
  const hearAfter = async (ms: number, ...[content]: [Parameters<typeof opened.hear>[1]]) => {
    const before = channel.sent.length
    await opened.hear(channel, content, at(-ms))
    return channel.sent.slice(before).map(({ text }) => text)
  }
  const wait = (ms: number) => {
    clock.now = at(ms)
  }
  if (first !== null) await hearAfter(0, first)
  return { ...opened, channel, at, hearAfter, wait }
}

const ticketStore = () =>
  createTicketStore({ prisma: app.storage.database.prisma, keyring: app.storage.keyring })

async function notesOf({ chatOn, channel }: { chatOn(channel: Channel): Promise<bigint>; channel: Channel }) {
  const chatId = await chatOn(channel)
  const { prisma } = app.storage.database
  const open = await prisma.ticket.findMany({ where: { chatId, state: 'open' }, orderBy: { id: 'asc' } })
  return Promise.all(
    open.map(async ({ id, kind }) => {
      const entries = await ticketStore().entries(prisma, Number(id))
      return { number: Number(id), kind, messages: entries.map(({ entry }) => entry.text) }
    }),
  )
}

async function chatRow({ account }: Channel) {
  const sql = 'SELECT flow, step, session, contact_id FROM chat WHERE account = $1'
  const row = (await app.storage.database.pool.query(sql, [account])).rows[0]
  return { ...row, session: app.storage.keyring.open(row.session) }
}

const inboxOf = async ({ account }: Channel) =>
  (
    await app.storage.database.pool.query(
      `SELECT i.handled_at IS NOT NULL AS handled, i.failure, i.transcript FROM inbox_message i
       JOIN chat c ON c.id = i.chat_id WHERE c.account = $1 ORDER BY i.id`,
      [account],
    )
  ).rows.map(({ transcript, ...row }) => ({
    ...row,
    transcript: JSON.parse(app.storage.keyring.open(transcript)).text,
  }))

type NamedTime = readonly [string, (at: Date) => Date]
const threeDaysAgo: NamedTime = ['of three days ago', (at) => new Date(at.getTime() - 72 * hour)]
const wrongTimes: readonly NamedTime[] = [
  ['two days ahead', (at: Date) => new Date(at.getTime() + 48 * hour)],
  ['of 1970', () => new Date(0)],
  ['of a year that no calendar has', () => new Date(8.64e15)],
  ['of no time at all', () => new Date(Number.NaN)],
]

const isOptedOut = async (channel: Channel) =>
  app.storage.database.prisma.optOut
    .count({ where: { contactId: (await chatRow(channel)).contact_id, endedAt: null } })
    .then((count) => count > 0)

describe('latenessOf', () => {
  it.each([
    [0, 'in_time'],
    [10 * minute, 'in_time'],
    [10 * minute + 1, 'late'],
    [48 * hour, 'late'],
    [48 * hour + 1, 'too_late'],
    [-24 * hour, 'in_time'],
    [-24 * hour - 1, 'wrong_time'],
    [now.getTime(), 'wrong_time'],
    [now.getTime() - Date.UTC(2015, 0), 'too_late'],
    [now.getTime() - Date.UTC(2015, 0) + 1, 'wrong_time'],
  ] as const)('says of a message of %d ms ago: %s', (age, lateness) => {
    expect(latenessOf(new Date(now.getTime() - age), now)).toBe(lateness)
  })
})

describe('storableTime', () => {
  it.each([Number.NaN, 8.64e15, -8.64e15, Date.UTC(10_000, 0)])('makes 1970 of %d', (at) => {
    expect(storableTime(new Date(at))).toEqual(new Date(0))
  })

  it('leaves any other time as it is', () => expect(storableTime(now)).toBe(now))
})

describe('createConversation', () => {
  it('apologises once for a run of messages that waited', async () => {
    const { hearAfter, wait } = await seat()
    wait(hour)
    const waited = (texts: string[]) => texts.filter((text) => text.includes('baru kami terima')).length
    expect(waited(await hearAfter(40 * minute, '2'))).toBe(1)
    expect(waited(await hearAfter(30 * minute, 'menu'))).toBe(0)
    wait(9 * minute)
    expect(waited(await hearAfter(30 * minute, '2'))).toBe(0)
    wait(11 * minute)
    expect(waited(await hearAfter(10 * minute, 'menu'))).toBe(0)
    wait(11 * minute)
    expect(waited(await hearAfter(11 * minute, '2'))).toBe(1)
  })

  it('leaves messages of more than two days ago to staff, with when they were written, and says so once', async () => {
    const seated = await seat()
    const { hearAfter, channel, wait } = seated
    await hearAfter(0, '2')
    const before = await chatRow(channel)
    wait(hour)
    expect(await hearAfter(49 * hour, 'NIK saya 5399015708800011, kapan cair?')).toEqual([
      app.house().flows.system.texts.too_late,
    ])
    expect(await hearAfter(48 * hour + minute, { type: 'unreadable', what: 'voice' })).toEqual([])
    expect(await chatRow(channel)).toEqual(before)
    const [note, ...others] = await notesOf(seated)
    expect(others).toEqual([])
    expect(note?.kind).toBe('late')
    expect(note?.messages).toEqual([
      expect.stringMatching(/ pukul \d\d\.\d\d WITA: NIK saya #, kapan cair\?$/),
      expect.stringMatching(/ WITA: \[voice\]$/),
    ])
    expect((await inboxOf(channel)).every(({ handled }) => handled)).toBe(true)
    expect((await hearAfter(0, '1'))[0]).toContain('PKH')
  })

  it('shows the notice also to who is first heard of by a message that came too late', async () => {
    const { hearAfter } = await seat(null)
    const texts = await hearAfter(72 * hour, 'halo')
    expect(texts).toEqual([
      expect.stringContaining('Selamat datang'),
      app.house().flows.system.texts.too_late,
    ])
  })

  it('says so again when staff have closed the note', async () => {
    const seated = await seat()
    await seated.hearAfter(49 * hour, 'satu')
    const [note] = await notesOf(seated)
    await app.storage.database.prisma.$transaction((transaction) =>
      ticketStore().change(transaction, note!.number, closed('done', seated.clock.now)),
    )
    expect(await seated.hearAfter(49 * hour, 'dua')).toHaveLength(1)
    expect(await notesOf(seated)).toHaveLength(1)
  })

  it('does not go on with a form after a day because a message of before came in between', async () => {
    const { hearAfter, channel, wait } = await seat()
    for (const text of ['2', '1']) await hearAfter(0, text)
    wait(30 * hour)
    const texts = await hearAfter(49 * hour, 'halo')
    expect(texts).toEqual([app.house().flows.system.texts.expired, app.house().flows.system.texts.too_late])
    expect(await chatRow(channel)).toMatchObject({ flow: null })
  })

  it('keeps a secret out of the note', async () => {
    const seated = await seat()
    const { channel, hearAfter } = seated
    const hash = app.house().flows.flows.get('bansos')?.hash
    const session = JSON.parse((await chatRow(channel)).session)
    const values = { birth_date: '1980-08-17', kelurahan: '53.71.03.1011' }
    const at = { ...session, flow: 'bansos', step: 'nik_tail', hash, values, pending: null }
    await app.storage.database.pool.query('UPDATE chat SET session = $2 WHERE account = $1', [
      channel.account,
      app.storage.keyring.seal(JSON.stringify(at)),
    ])
    await hearAfter(49 * hour, '0011')
    expect((await notesOf(seated))[0]?.messages[0]).toMatch(/: ••••$/)
  })

  it.each([threeDaysAgo, ...wrongTimes])(
    'stops writing to who wrote "berhenti" in a message %s',
    async (_, sentAt) => {
      const { hear, channel, clock } = await seat()
      await hear(channel, 'BERHENTI', sentAt(clock.now))
      expect(channel.sent.at(-1)?.text).toContain('tidak akan mengirim kabar')
      expect(await isOptedOut(channel)).toBe(true)
    },
  )

  it.each(wrongTimes)('does not act on a message %s, keeps it and says why', async (_, sentAt) => {
    const { hear, channel, clock } = await seat()
    const before = channel.sent.length
    await hear(channel, '2', sentAt(clock.now))
    const texts = channel.sent.slice(before).map(({ text }) => text)
    expect(texts.join('\n')).toContain('waktu pada pesan tadi tidak tepat')
    expect(texts.join('\n')).toContain('Ada yang bisa')
    expect((await inboxOf(channel)).at(-1)).toEqual({ handled: true, failure: null, transcript: '2' })
  })

  it('stops writing to who said yes to that long ago, also when the question has expired since', async () => {
    for (const hours of [30, 72]) {
      const { hearAfter, channel, wait } = await seat()
      expect((await hearAfter(0, 'saya tidak mau terima pesan lagi')).join('\n')).toContain(
        'Berhenti menerima',
      )
      wait(hours * hour)
      const texts = await hearAfter(hours * hour - minute, 'ya')
      expect(texts.join('\n')).toContain('tidak akan mengirim kabar')
      expect(texts).not.toContain(app.house().flows.system.texts.expired)
      expect(await isOptedOut(channel)).toBe(true)
    }
  })

  it('stops writing to who wrote "berhenti" long ago, also when the flow they were in is gone since', async () => {
    const { hearAfter, channel } = await seat()
    const session = JSON.parse((await chatRow(channel)).session)
    await app.storage.database.pool.query('UPDATE chat SET session = $2 WHERE account = $1', [
      channel.account,
      app.storage.keyring.seal(JSON.stringify({ ...session, flow: 'gone', step: 'start', hash: 'old' })),
    ])
    await hearAfter(72 * hour, 'stop')
    expect(await isOptedOut(channel)).toBe(true)
  })

  it.each([
    ['undecryptable', 'Tolong kirim ulang'],
    ['too_large', 'terlalu besar'],
  ] as const)(
    'says of a message that is %s what is wrong, however old: staff have nothing of it',
    async (what, words) => {
      const seated = await seat()
      const texts = await seated.hearAfter(72 * hour, { type: 'unreadable', what })
      expect(texts.join('\n')).toContain(words)
      expect(await notesOf(seated)).toEqual([])
    },
  )

  it('says of a text of 60,000 characters that it is too long, and keeps a bounded part', async () => {
    const { hearAfter, channel } = await seat()
    for (const text of ['a'.repeat(60_000), '1 '.repeat(30_000), '12345 . '.repeat(7_500)]) {
      expect((await hearAfter(0, text)).join('\n')).toContain('terlalu panjang')
    }
    const media = { id: 'x', type: 'photo', mime: 'image/jpeg' } as const
    await hearAfter(0, { type: 'media', media, caption: 'b'.repeat(60_000) })
    for (const { handled, failure, transcript } of await inboxOf(channel)) {
      expect({ handled, failure }).toEqual({ handled: true, failure: null })
      expect(transcript.length).toBeLessThanOrEqual(4_000)
    }
  })
})
