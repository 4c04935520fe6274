import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConversationStore } from '../../src/conversation/store.ts'
import { createConversationStore } from '../../src/conversation/store.ts'
import { createLogger } from '../../src/log.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { mustLoad, sampleFiles } from '../flow/sample-flows.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'
import { createFakeChannel, messageFrom } from './fake-channel.ts'
import { type OfficerAtWork, putOfficerToWork } from './officer-at-work.ts'
import { openConversation, type Site, type TestConversation } from './open-conversation.ts'

/** A flow that says every message back. */
const echo = `
flow: gema
title: Gema
opens_with: [gema]
start: hear
steps:
  hear: { ask: Ya?, as: text, save: message, problems: { text.empty: menu/start }, next: back }
  back: { say: "Gema {{message}}.", next: hear }
`
const flows = mustLoad([...sampleFiles(), { path: 'flows/gema.yaml', text: echo }])

let database: TestDatabase
let site: Site
let officer: OfficerAtWork
beforeAll(async () => {
  database = await createTestDatabase()
  const storage = {
    database,
    keyring: createKeyring([newKeyEntry()]),
    leave: async () => undefined,
    close: async () => undefined,
  }
  officer = await putOfficerToWork({ storage })
  site = {
    storage,
    log: createLogger('silent'),
    house: () => ({ flows, actions: officer.actions }),
  }
})
afterAll(() => database.close())

/** What happens to the chat; `by` is the process that it happens in. */
type Event =
  | { readonly type: 'message' | 'repeat' | 'sweep' | 'hold' | 'release'; readonly by: 0 | 1 }
  | { readonly type: 'hour' | 'settle'; readonly by?: undefined }

const by = fc.constantFrom<0 | 1>(0, 1)
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: by.map((by): Event => ({ type: 'message', by })) },
  { weight: 2, arbitrary: by.map((by): Event => ({ type: 'repeat', by })) },
  { weight: 2, arbitrary: by.map((by): Event => ({ type: 'hold', by })) },
  { weight: 2, arbitrary: by.map((by): Event => ({ type: 'release', by })) },
  { weight: 1, arbitrary: by.map((by): Event => ({ type: 'sweep', by })) },
  { weight: 1, arbitrary: fc.constantFrom<Event>({ type: 'hour' }, { type: 'settle' }) },
)

/** Two processes and one person, who stands where every message is said back. */
async function seat(storeOfProcess: () => Partial<ConversationStore> = () => ({})) {
  const open = () => openConversation(site, { store: storeOfProcess() })
  const processes = [open(), open()] as const
  const channel = createFakeChannel()
  processes[0].conversation.attach(channel)
  await processes[0].hear(channel, 'gema')
  return { processes, channel, chatId: await processes[0].chatOn(channel) }
}

type Seated = Awaited<ReturnType<typeof seat>>

const settle = async (processes: readonly TestConversation[]) => {
  for (const { conversation } of processes) await conversation.idle()
}

/** Lets the events happen, and tells what was written and of which messages it is certain who was to take them. */
async function happen({ processes, channel, chatId }: Seated, events: readonly Event[]) {
  const written: string[] = []
  const certain = new Map<string, 'heard' | 'answered'>()
  let recent: string[] = []
  let held = false
  const send = (text: string, by: 0 | 1) => {
    const { conversation, clock } = processes[by]
    return conversation.receive(messageFrom(channel, text, { externalId: text, sentAt: clock.now }))
  }
  for (const one of events) {
    if (one.type === 'message') {
      const text = `pesan ${written.length}`
      written.push(text)
      recent.push(text)
      await send(text, one.by)
    } else if (one.type === 'repeat') {
      const last = written.at(-1)
      if (last !== undefined) await send(last, one.by)
    } else if (one.type === 'sweep') await processes[one.by].conversation.sweep()
    else if (one.type === 'settle') {
      await settle(processes)
      for (const text of recent) certain.set(text, held ? 'heard' : 'answered')
      recent = []
    } else {
      // What was received before may be taken by either.
      recent = []
      if (one.by === undefined) {
        for (const { clock } of processes) clock.now = new Date(clock.now.getTime() + 3_600_000)
        held = false
      } else {
        held = one.type === 'hold'
        await processes[one.by].hold(chatId, held ? 60 : null)
      }
    }
  }
  await settle(processes)
  for (const { sweepAfter } of processes) await sweepAfter(5)
  return { written, certain }
}

async function outcomeOf({ chatId }: Seated) {
  const { rows } = await database.pool.query(
    'SELECT body FROM outbox_message WHERE chat_id = $1 ORDER BY id',
    [chatId],
  )
  const said: string[] = rows.map(({ body }) => JSON.parse(site.storage.keyring.open(body)).text)
  const answered = said.flatMap((text) => /^Gema (pesan \d+)\./.exec(text)?.[1] ?? [])
  return { answered, heard: (await officer.heardIn(chatId)).map(({ message }) => message) }
}

/** Each message was taken once, by the officer or the bot, and each of them took theirs in order. */
async function judge(seated: Seated, events: readonly Event[]) {
  const { written, certain } = await happen(seated, events)
  const { answered, heard } = await outcomeOf(seated)
  const place = (text: string) => Number(text.slice('pesan '.length))
  expect([...answered, ...heard].toSorted((one, other) => place(one) - place(other))).toEqual(written)
  for (const list of [answered, heard]) {
    expect(list).toEqual(list.toSorted((one, other) => place(one) - place(other)))
  }
  return certain
}

describe('Conversation.hold, however it falls', () => {
  it('leaves no message out, and none is both heard and answered or out of order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 4, maxLength: 24 }), async (events) => {
        const seated = await seat()
        const certain = await judge(seated, events)
        const { answered, heard } = await outcomeOf(seated)
        for (const [text, who] of certain) expect(who === 'heard' ? heard : answered).toContain(text)
      }),
      { numRuns: 25 },
    )
  })

  it('holds the same when writes fail now and then', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 4, maxLength: 16 }),
        fc.infiniteStream(fc.nat(9)),
        async (events, dice) => {
          let isSeated = false
          let isUnlucky = false
          const seated = await seat(() => {
            const own = createConversationStore(database)
            return {
              async saveTurn(...args) {
                const saved = await own.saveTurn(...args)
                isUnlucky = isSeated && !isUnlucky && (dice.next().value ?? 0) > 7
                // Within its transaction the turn is undone with it; alone it was saved, and nobody knows.
                if (isUnlucky) throw new Error('the connection broke')
                return saved
              },
            }
          })
          isSeated = true
          await judge(seated, events)
        },
      ),
      { numRuns: 15 },
    )
  })
})
