import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Channel, type IncomingContent, unreadable } from '../../src/channels/channel.ts'
import { converseWithoutActions, type Heard } from '../../src/conversation/converse.ts'
import { createConversationStore } from '../../src/conversation/store.ts'
import { emptySession } from '../../src/flow/session.ts'
import { checkCharacter, formatClaimCode } from '../../src/language/claim-code.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { createFakeChannel, messageFrom } from './fake-channel.ts'
import { type OfficerAtWork, putOfficerToWork } from './officer-at-work.ts'
import { openConversation } from './open-conversation.ts'

let app: TestApp
let officer: OfficerAtWork
beforeAll(async () => {
  app = await openTestApp()
  officer = await putOfficerToWork(app)
})
afterAll(() => app.close())
beforeEach(() => {
  officer.isOver = false
  officer.onHeard = async () => undefined
})

const minute = 60_000
const hour = 60 * minute
const house = () => ({ ...app.house(), actions: { ...app.house().actions, ...officer.actions } })

const chatRow = async ({ account }: Channel) => {
  const sql = 'SELECT flow, step, session, held_until, contact_id FROM chat WHERE account = $1'
  const row = (await app.storage.database.pool.query(sql, [account])).rows[0]
  return { ...row, session: JSON.parse(app.storage.keyring.open(row.session)) }
}

const isOptedOut = async (channel: Channel) => {
  const where = { contactId: (await chatRow(channel)).contact_id, endedAt: null }
  return (await app.storage.database.prisma.optOut.count({ where })) > 0
}

/** A person who wrote these before an officer took the chat over for half an hour. */
async function seat(...texts: readonly string[]) {
  const forgotten: string[] = []
  const channel = {
    ...createFakeChannel(),
    deleteIncoming: async (_: unknown, externalId: string) => void forgotten.push(externalId),
  }
  const opened = openConversation(app, { house })
  const { conversation, clock, hear } = opened
  conversation.attach(channel)
  for (const text of ['menu', ...texts]) await hear(channel, text)
  const chatId = await opened.chatOn(channel)
  await opened.hold(chatId, 30)
  /** What is answered to it. */
  const say = async (content: string | IncomingContent, sentAt?: Date) => {
    const before = channel.sent.length
    await hear(channel, content, sentAt)
    return channel.sent.slice(before).map(({ text }) => text)
  }
  const heard = async () => (await officer.heardIn(chatId)).map(({ message }) => message)
  const wait = (ms: number) => {
    clock.now = new Date(clock.now.getTime() + ms)
  }
  const button = async (key: string): Promise<IncomingContent> => {
    const { prompt } = (await chatRow(channel)).session
    return { type: 'choice', value: `${prompt}.${key}` }
  }
  return { ...opened, channel, chatId, forgotten, say, heard, wait, button }
}

describe('createConversation, while a person answers', () => {
  it('is silent, lets the officer hear everything, and goes on where it was afterwards', async () => {
    const { say, heard, wait, channel } = await seat('2')
    const before = await chatRow(channel)
    for (const text of ['selamat pagi pak', '1', 'bansos', 'petugas', 'bantuan']) {
      expect(await say(text)).toEqual([])
    }
    expect(await heard()).toEqual(['selamat pagi pak', '1', 'bansos', 'petugas', 'bantuan'])
    expect(await chatRow(channel)).toEqual(before)
    wait(30 * minute)
    expect((await say('1'))[0]).toContain('PKH')
    expect(await heard()).toHaveLength(5)
  })

  it('answers again once the officer hands back', async () => {
    const { say, heard, hold, chatId } = await seat('2')
    await hold(chatId, null)
    expect((await say('1'))[0]).toContain('PKH')
    expect(await heard()).toEqual([])
  })

  it('answers when no officer does any more', async () => {
    const { say, heard } = await seat('2')
    officer.isOver = true
    expect((await say('1'))[0]).toContain('PKH')
    expect(await heard()).toEqual([])
  })

  it('answers as ever where the house cannot hear for officers', async () => {
    const { channel } = await seat()
    const plain = openConversation(app)
    plain.conversation.attach(channel)
    await plain.hear(channel, '2')
    expect(channel.sent.at(-1)?.text).toContain('Mau tahu tentang apa')
  })

  it.each(['BERHENTI', 'stop'])('stops writing on %j, and stays silent', async (word) => {
    for (const age of [0, 72 * hour]) {
      const { say, heard, channel, clock } = await seat()
      const { held_until } = await chatRow(channel)
      const texts = await say(word, new Date(clock.now.getTime() - age))
      expect(texts.join('\n')).toContain('tidak akan mengirim kabar')
      expect(await isOptedOut(channel)).toBe(true)
      expect((await chatRow(channel)).held_until).toEqual(held_until)
      expect(await say('halo')).toEqual([])
      expect(await heard()).toEqual(['halo'])
    }
  })

  it('takes a "ya" for an answer to the officer, but the button for the answer to the bot', async () => {
    const { say, heard, channel, button, clock } = await seat('saya tidak mau terima pesan lagi')
    expect(await say('ya')).toEqual([])
    expect(await say('ya', new Date(clock.now.getTime() - 72 * hour))).toEqual([])
    expect(await isOptedOut(channel)).toBe(false)
    expect(await heard()).toEqual(['ya', 'ya'])
    expect((await say(await button('1'))).join('\n')).toContain('tidak akan mengirim kabar')
    expect(await isOptedOut(channel)).toBe(true)
  })

  it.each(['menu', 'Menu utama.', 'mulai'])(
    'gives the menu on exactly %j, and the bot back',
    async (word) => {
      const { say, heard, chatId, channel } = await seat('2')
      expect((await say(word))[0]).toContain('Ada yang bisa')
      expect(await officer.leavesIn(chatId)).toBe(1)
      expect(await chatRow(channel)).toMatchObject({ flow: 'menu', held_until: null })
      expect((await say('2'))[0]).toContain('Mau tahu tentang apa')
      expect(await heard()).toEqual([])
    },
  )

  it('gives the menu also by a button that says so', async () => {
    const { say, heard, chatId, channel, button } = await seat('2', '1')
    const { flow, step } = await chatRow(channel)
    const standing = app.house().flows.steps.get(`${flow}/${step}`)
    if (standing?.kind !== 'choose') throw new Error('nothing is offered')
    const { key } = standing.picks.find(({ label }) => label === 'Menu utama')!
    expect((await say(await button(key)))[0]).toContain('Ada yang bisa')
    expect(await officer.leavesIn(chatId)).toBe(1)
    expect(await heard()).toEqual([])
  })

  it('hears what only speaks of the menu, or asked for it days ago', async () => {
    const { say, heard, chatId, clock } = await seat()
    for (const text of ['menu apa saja di kantin?', 'menuu', 'tidak ada menu']) {
      expect(await say(text)).toEqual([])
    }
    expect(await say('menu', new Date(clock.now.getTime() - 49 * hour))).toEqual([])
    expect(await say('menu', new Date(clock.now.getTime() + 49 * hour))).toEqual([])
    expect(await officer.leavesIn(chatId)).toBe(0)
    expect(await heard()).toHaveLength(5)
  })

  it.each(unreadable)('says in one sentence that a message cannot be read: %s', async (what) => {
    const { say, heard } = await seat('2')
    const { unreadable: texts } = app.house().flows.system
    expect(await say({ type: 'unreadable', what })).toEqual([texts[what]])
    expect(await heard()).toEqual([`[${what}]`])
  })

  it('hears photos and documents with their words and ids, and places', async () => {
    const { say, chatId } = await seat('2')
    const photo = { id: 'p1', type: 'photo', mime: 'image/jpeg' } as const
    const file = { id: 'd1', type: 'document', mime: 'application/pdf' } as const
    await say({ type: 'media', media: photo, caption: 'ini fotonya' })
    await say({ type: 'media', media: file, caption: '' })
    await say({ type: 'location', latitude: -10.1, longitude: 123.6 })
    expect(await officer.heardIn(chatId)).toEqual([
      { message: '[photo] ini fotonya', photo: 'p1' },
      { message: '[document]', photo: 'd1' },
      { message: '[location]', photo: '' },
    ])
  })

  it('hears messages of any age and time, and apologises for nothing', async () => {
    const { say, heard, clock } = await seat('2')
    for (const age of [hour, 72 * hour, -48 * hour, clock.now.getTime()]) {
      expect(await say(`umur ${age}`, new Date(clock.now.getTime() - age))).toEqual([])
    }
    expect(await heard()).toHaveLength(4)
  })

  it('hears a button by its label, one of an earlier question as it stands in the transcript', async () => {
    const { say, heard, button } = await seat('2')
    const first = await button('1')
    expect(await say(first)).toEqual([])
    expect(await say({ type: 'choice', value: '0.3' })).toEqual([])
    const [label, other] = await heard()
    expect(label).toContain('PKH')
    expect(other).toBe('[3]')
  })

  it('still shows the notice to whoever never saw it', async () => {
    const { say, chatId } = await seat()
    await app.storage.database.pool.query('DELETE FROM notice_shown WHERE chat_id = $1', [chatId])
    expect(await say('halo')).toEqual([expect.stringContaining('Selamat datang')])
    expect(await say('halo')).toEqual([])
  })

  it('masks long numbers and claim codes for officer and transcript alike', async () => {
    const { say, heard, conversation, chatId, wait } = await seat()
    wait(minute)
    const code = formatClaimCode(`ACDE346${checkCharacter('ACDE346')}`)
    await say(`NIK saya 5399015708800011 dan kode ${code}, jam 9`)
    expect(await heard()).toEqual(['NIK saya # dan kode #, jam 9'])
    const lines = await conversation.lines(chatId, 1)
    expect(lines.map(({ text }) => text)).toEqual(['NIK saya # dan kode #, jam 9'])
  })

  it('hides what answers a secret question that was open, but not what is said to the officer', async () => {
    const { say, heard, channel, forgotten, hear } = await seat()
    const { session } = await chatRow(channel)
    const hash = app.house().flows.flows.get('bansos')?.hash
    const values = { birth_date: '1980-08-17', kelurahan: '53.71.03.1011' }
    const at = { ...session, flow: 'bansos', step: 'nik_tail', hash, values, pending: null }
    await app.storage.database.pool.query('UPDATE chat SET session = $2 WHERE account = $1', [
      channel.account,
      app.storage.keyring.seal(JSON.stringify(at)),
    ])
    const { externalId } = await hear(channel, '0011')
    await say('saya tunggu dari jam 9, sudah 2 kali')
    await say('terima kasih pak')
    expect(await heard()).toEqual(['••••', 'saya tunggu dari jam #, sudah # kali', 'terima kasih pak'])
    expect(forgotten).toEqual([externalId])
  })

  it('does not have a form of yesterday live on', async () => {
    const { say, hold, chatId, wait, channel } = await seat('2', '1')
    wait(25 * hour)
    await hold(chatId, 30)
    expect(await say('halo pak')).toEqual([])
    expect(await chatRow(channel)).toMatchObject({ flow: null })
  })

  it('hears a message once when hearing it changes the chat', async () => {
    const { say, heard, channel, clock } = await seat()
    const store = createConversationStore(app.storage.database)
    const until = new Date(clock.now.getTime() + 5 * hour)
    officer.onHeard = (transaction, chatId) => store.hold(chatId, until, transaction)
    expect(await say('satu')).toEqual([])
    expect(await say('dua')).toEqual([])
    expect(await heard()).toEqual(['satu', 'dua'])
    expect((await chatRow(channel)).held_until).toEqual(until)
  })

  it('hears a message once that could not be heard at first', async () => {
    const { say, heard, sweepAfter } = await seat()
    let failures = 1
    officer.onHeard = async () => {
      failures -= 1
      if (failures >= 0) throw new Error('no connection')
    }
    expect(await say('satu')).toEqual([])
    expect(await heard()).toEqual([])
    await sweepAfter(5)
    expect(await heard()).toEqual(['satu'])
  })
})

describe('Conversation.hold', () => {
  it.each([
    ['needs no action', '2', 'saveTurn'],
    ['calls an action', 'cek bot', 'withChatLocked'],
  ] as const)('lands before an answer that is being computed and %s: it is not said', async (_, text, at) => {
    const channel = createFakeChannel()
    const reached = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const own = createConversationStore(app.storage.database)
    const slow = {
      saveTurn: async (...args: Parameters<typeof own.saveTurn>) => {
        if (at === 'saveTurn') await waitAt()
        return own.saveTurn(...args)
      },
      withChatLocked: async <T>(...args: Parameters<typeof own.withChatLocked<T>>) => {
        if (at === 'withChatLocked') await waitAt()
        return own.withChatLocked<T>(...args)
      },
    }
    let isSlow = false
    async function waitAt() {
      if (!isSlow) return
      reached.resolve()
      await gate.promise
    }
    const answering = openConversation(app, { house, store: slow })
    const desk = openConversation(app, { house })
    answering.conversation.attach(channel)
    await answering.hear(channel, 'menu')
    const chatId = await desk.chatOn(channel)
    isSlow = true
    const before = channel.sent.length
    await answering.conversation.receive(messageFrom(channel, text))
    await reached.promise
    await desk.hold(chatId, 30)
    gate.resolve()
    await answering.conversation.idle()
    expect(channel.sent).toHaveLength(before)
    expect((await officer.heardIn(chatId)).map(({ message }) => message)).toEqual([text])
  })

  it('waits for an answer whose action is under way: it is said before', async () => {
    const channel = createFakeChannel()
    const reached = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const slow = () => {
      const actions = Object.entries(house().actions).map(([name, action]) => [
        name,
        {
          ...action,
          run: async (...args: Parameters<typeof action.run>) => {
            reached.resolve()
            await gate.promise
            return action.run(...args)
          },
        },
      ])
      return { ...house(), actions: Object.fromEntries(actions) }
    }
    const answering = openConversation(app, { house: slow })
    const desk = openConversation(app, { house })
    answering.conversation.attach(channel)
    await answering.hear(channel, 'menu')
    const chatId = await desk.chatOn(channel)
    await answering.conversation.receive(messageFrom(channel, 'cek bot'))
    await reached.promise
    const held = desk.hold(chatId, 30)
    gate.resolve()
    await Promise.all([held, answering.conversation.idle()])
    expect(channel.sent.some(({ text }) => text.includes('tidak pernah meminta'))).toBe(true)
    expect(await officer.heardIn(chatId)).toEqual([])
    await answering.hear(channel, 'halo')
    expect((await officer.heardIn(chatId)).map(({ message }) => message)).toEqual(['halo'])
  })
})

describe('converseWithoutActions', () => {
  it('leaves a message of a held chat to whoever can call actions', () => {
    const now = new Date()
    const heard: Heard = {
      ...{
        session: emptySession(),
        content: { type: 'text', text: 'menu' },
        sentAt: now,
        lastMessageAt: now,
      },
      ...{ heldUntil: new Date(now.getTime() + 1), notices: [], now },
    }
    expect(converseWithoutActions(house(), heard).type).toBe('calls')
    expect(converseWithoutActions(house(), { ...heard, heldUntil: now }).type).toBe('done')
    expect(converseWithoutActions({ ...house(), actions: {} }, heard).type).toBe('done')
  })
})
