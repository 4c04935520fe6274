import { setTimeout as wait } from 'node:timers/promises'
import type { WAMessage } from '@whiskeysockets/baileys'
import type { Logger } from '../log.ts'
import type { Address, IncomingContent, IncomingMessage, OutgoingMessage } from './channel.ts'
import { decodeArrival, encodeArrival } from './whatsapp-arrival.ts'
import type { FetchFile } from './whatsapp-files.ts'
import type { Baileys } from './whatsapp-library.ts'
import { type Arrival, readMessage } from './whatsapp-message.ts'
import { partOf } from './whatsapp-parts.ts'
import { chooseByQuote } from './whatsapp-quote.ts'
import type { WhatsAppStore } from './whatsapp-store.ts'

export interface IntakeDeps {
  readonly baileys: Baileys
  readonly account: string
  readonly store: WhatsAppStore
  readonly log: Logger
  readonly now: () => Date
  /** Resolves once the message is durable. */
  readonly receive: (message: IncomingMessage) => Promise<void>
  /** Whether the message is in the inbox. */
  readonly has: (from: Address, externalId: string) => Promise<boolean>
  /** What the bot said under a token. */
  readonly said: (token: string) => Promise<OutgoingMessage | undefined>
  readonly fetchFile: FetchFile
  /** How long a message that cannot be opened may still come again before the person is asked. Milliseconds. */
  readonly graceMs?: number | undefined
}

/** Takes messages in, each once and in the order of its chat. */
export interface Intake {
  /** Makes a message durable. Rejects when that failed. */
  take(message: WAMessage): Promise<void>
  /** Takes up what an earlier life of the process left behind. */
  resume(): Promise<void>
  /** Resolves once nothing is under way; who was to be asked to send again is not asked any more. */
  leave(): Promise<void>
}

const usualGraceMs = 15_000
/** How many messages are remembered as taken: the library hands over each twice, the second time at once. */
const mostRemembered = 2_000
/** How often a file is asked for before the person is told that it did not arrive. */
const maximumTries = 3
const retryMs = 1_000

/** Makes the intake of one account. */
export function createIntake(deps: IntakeDeps): Intake {
  const { account, store, log } = deps
  const taken = new Set<string>()
  const underWay = new Set<Promise<void>>()
  /** Chats in which a file is being fetched, or something waits behind one. */
  const behind = new Map<string, Promise<void>>()
  /** Chats that were asked to send again since they could last be read. */
  const asked = new Set<string>()
  const timers = new Set<NodeJS.Timeout>()
  const leaving = new AbortController()

  const addressOf = (id: string): Address => ({ channel: 'whatsapp', account, id })

  function remember(key: string): void {
    taken.add(key)
    const [oldest] = taken
    if (taken.size > mostRemembered && oldest !== undefined) taken.delete(oldest)
  }

  function track(work: Promise<void>): void {
    underWay.add(work)
    const end = () => void underWay.delete(work)
    work.then(end, end)
  }

  async function take(message: WAMessage): Promise<void> {
    const arrival = readMessage(message, deps.now())
    if (arrival === undefined) return
    const key = `${arrival.jid} ${arrival.externalId}`
    if (arrival.content.type === 'undecryptable') return waitForRepeat(arrival)
    if (taken.has(key)) return
    const name = await store.nameOf(arrival.jid, arrival.other)
    if (arrival.content.type === 'file' || behind.has(name)) await putBehind(name, message, arrival)
    else await handOver(name, arrival, arrival.content)
    asked.delete(name)
    remember(key)
  }

  async function handOver(name: string, arrival: Arrival, content: IncomingContent): Promise<void> {
    const { externalId, sentAt } = arrival
    const read = await readQuote(arrival, content)
    await deps.receive({ from: addressOf(name), externalId, sentAt, content: read })
  }

  /** An answer that quotes one of our questions chooses from that question, be it the last one or not. */
  async function readQuote({ quoted }: Arrival, content: IncomingContent): Promise<IncomingContent> {
    const token = quoted === undefined ? undefined : partOf(quoted.id)?.token
    if (token === undefined || content.type !== 'text') return content
    const question = await deps.said(token)
    const chosen = question && chooseByQuote(content.text, question)
    if (chosen !== undefined) return { type: 'choice', value: chosen.value }
    // A bare number that is no choice of the question quoted is none of the question that stands now either.
    return /^\W*\d{1,2}\W*$/u.test(content.text) && isMenu(question) ? { type: 'choice', value: '' } : content
  }

  /** Keeps a message whose file is still to be fetched, and whatever the chat sends meanwhile. */
  async function putBehind(name: string, message: WAMessage, arrival: Arrival): Promise<void> {
    const id = await store.noteArrival(encodeArrival(deps.baileys, message))
    queue(name, () => workOff(id, name, arrival, 0))
  }

  function queue(name: string, work: () => Promise<void>): void {
    const before = behind.get(name) ?? Promise.resolve()
    const tail = before
      .then(() => untilDone(work))
      .finally(() => {
        if (behind.get(name) === tail) behind.delete(name)
      })
    behind.set(name, tail)
    track(tail)
  }

  /** What cannot be handed over now is tried again, so that nothing overtakes it; what is left then, the next life takes up. */
  async function untilDone(work: () => Promise<void>): Promise<void> {
    while (!leaving.signal.aborted) {
      try {
        return await work()
      } catch (error) {
        log.error({ err: error }, 'a message waits: it could not be handed over')
        await wait(retryMs, undefined, { signal: leaving.signal }).catch(() => undefined)
      }
    }
  }

  async function workOff(id: bigint, name: string, arrival: Arrival, attempts: number): Promise<void> {
    const { content } = arrival
    if (content.type === 'undecryptable') return store.dropArrival(id)
    await handOver(
      name,
      arrival,
      content.type === 'file' ? await fetched(id, name, content, attempts) : content,
    )
    await store.dropArrival(id)
  }

  async function fetched(
    id: bigint,
    name: string,
    file: Extract<Arrival['content'], { type: 'file' }>,
    attempts: number,
  ): Promise<IncomingContent> {
    for (let tries = attempts; tries < maximumTries; tries += 1) {
      try {
        return await deps.fetchFile(file, addressOf(name))
      } catch (error) {
        if (leaving.signal.aborted) throw error
        log.warn({ err: error, tries }, 'a WhatsApp file was not fetched')
        await store.countAttempt(id)
      }
    }
    return { type: 'unreadable', what: 'other' }
  }

  /** Undefined: nobody can make anything of it any more. */
  function readKept(body: Uint8Array): Arrival | undefined {
    try {
      return readMessage(decodeArrival(deps.baileys, body), deps.now())
    } catch (error) {
      log.error({ err: error }, 'a message in the journal cannot be read, and is given up')
      return undefined
    }
  }

  /** The library asks for such a message again by itself. Only when nothing comes of it, the person is asked, and once. */
  async function waitForRepeat(arrival: Arrival): Promise<void> {
    const name = await store.nameOf(arrival.jid, arrival.other)
    if (asked.has(name)) return
    asked.add(name)
    const timer = setTimeout(() => {
      timers.delete(timer)
      track(
        ask(name, arrival).catch((error) =>
          log.error({ err: error }, 'a person was not asked to send again'),
        ),
      )
    }, deps.graceMs ?? usualGraceMs)
    timers.add(timer)
  }

  async function ask(name: string, { externalId, sentAt }: Arrival): Promise<void> {
    const from = addressOf(name)
    if (!asked.has(name) || (await deps.has(from, externalId))) return
    const content = { type: 'unreadable', what: 'undecryptable' } as const
    await deps.receive({ from, externalId: `again:${externalId}`, sentAt, content })
  }

  return {
    take,
    async resume() {
      for (const { id, body, attempts } of await store.arrivals()) {
        const arrival = readKept(body)
        if (arrival === undefined) await store.dropArrival(id)
        else {
          const name = await store.nameOf(arrival.jid, arrival.other)
          queue(name, () => workOff(id, name, arrival, attempts))
        }
      }
    },
    async leave() {
      leaving.abort()
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}

function isMenu(question: OutgoingMessage | undefined): boolean {
  return question === undefined || (question.options ?? []).length > 0
}
