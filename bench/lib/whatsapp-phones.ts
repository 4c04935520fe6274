import { z } from 'zod'
import type { Person } from '../../test/support/whatsapp/person.ts'
import { startWhatsAppServer } from '../../test/support/whatsapp-server.ts'
import { dialogue } from './dialogue.ts'
import { serveParent } from './helper-process.ts'
import { numbered } from './numbered.ts'

// WhatsApp and the phones of the people in a process of their own: their cryptography must not count as the bot's.

/** How long a phone waits for what it expects. Milliseconds. */
const patience = 30_000

const { people: count } = z.object({ people: z.number() }).parse(JSON.parse(process.argv[2] ?? ''))
const each = z.object({ each: z.number() })

/** A person in front of a phone: where in the dialogue they are, and what came of it. */
interface Chatter {
  readonly person: Person
  line: number
  readonly saidIds: string[]
  expected: number
}

const server = await startWhatsAppServer()
const account = server.account({ phone: '6281539900001', lid: '539900000001', name: 'Lopo' })
const chatters = Array.from({ length: count }, (_, index): Chatter => {
  const person = server.person({
    phone: String(6_281_539_910_000 + index),
    lid: String(539_910_000_000 + index),
    name: `Warga ${index}`,
  })
  return { person, line: 0, saidIds: [], expected: 0 }
})
const tally = { lost: 0, wrong: 0 }

async function say(chatter: Chatter, text: string): Promise<void> {
  chatter.saidIds.push(await chatter.person.say(text))
}

/** Waits for the next message; one that is late counts as lost, another than the dialogue has as wrong. */
async function hear(chatter: Chatter, beginning: string): Promise<boolean> {
  chatter.expected += 1
  const heard = await chatter.person.next(patience).catch(() => undefined)
  if (heard === undefined) tally.lost += 1
  else if (!(heard.text ?? '').startsWith(beginning)) tally.wrong += 1
  return heard !== undefined
}

function nextLine(chatter: Chatter) {
  const line = dialogue[chatter.line % dialogue.length]
  if (line === undefined) throw new Error('there is no dialogue')
  chatter.line += 1
  return line
}

/** Every person says one thing and waits for so many answers. */
async function greet({ text, answers }: { text: string; answers: number }): Promise<void> {
  await Promise.all(
    chatters.map(async (chatter) => {
      await say(chatter, text)
      for (let heard = 0; heard < answers; heard += 1) await hear(chatter, '')
    }),
  )
}

/** So many people wait for the answer before the next message. */
async function converse({ each: times, people }: { each: number; people: number }) {
  const latencies: number[] = []
  const begun = performance.now()
  await Promise.all(
    chatters.slice(0, people).map(async (chatter) => {
      for (let turn = 0; turn < times; turn += 1) {
        const line = nextLine(chatter)
        const since = performance.now()
        await say(chatter, line.say)
        if (!(await hear(chatter, line.reply))) return
        latencies.push(performance.now() - since)
      }
    }),
  )
  return { milliseconds: performance.now() - begun, latencies }
}

/** Everybody writes without waiting for answers; resolves once they are all there. */
async function burst(times: number) {
  const begun = performance.now()
  let writtenMs = 0
  await Promise.all(
    chatters.map(async (chatter) => {
      const lines = Array.from({ length: times }, () => nextLine(chatter))
      const writing = (async () => {
        for (const line of lines) await say(chatter, line.say)
        writtenMs = performance.now() - begun
      })()
      for (const line of lines) if (!(await hear(chatter, line.reply))) break
      await writing
    }),
  )
  return { milliseconds: performance.now() - begun, writtenMs }
}

/** Everybody waits for so many messages that nobody asked for. */
async function listen(times: number): Promise<void> {
  await Promise.all(
    chatters.map(async (chatter) => {
      for (let number = 1; number <= times; number += 1) if (!(await hear(chatter, numbered(number)))) break
    }),
  )
}

/** What went through the phones since they were switched on. */
function report() {
  const seen = chatters.map(({ person, saidIds, expected }) => ({
    jid: person.lid,
    said: saidIds,
    heard: person.inbox.map(({ id }) => id),
    repeated: person.arrivals.length - expected,
    unread: person.arrivals.filter(({ read }) => !read).length,
  }))
  const errors = [...server.errors.map(String), ...server.unknown.map(({ tag }) => `unknown stanza: ${tag}`)]
  return { ...tally, errors, outstanding: account.outstanding(), people: seen }
}

serveParent({
  world: async () => {
    const { BufferJSON } = await import('@whiskeysockets/baileys')
    const creds = JSON.stringify(account.prePair(), BufferJSON.replacer)
    return { url: server.url, rootKey: server.rootKey, creds, jids: chatters.map(({ person }) => person.lid) }
  },
  greet: (given) => greet(z.object({ text: z.string(), answers: z.number() }).parse(given)),
  converse: (given) => converse(each.extend({ people: z.number() }).parse(given)),
  burst: (given) => burst(each.parse(given).each),
  listen: (given) => listen(each.parse(given).each),
  report: async () => report(),
  leave: () => server.close(),
})
