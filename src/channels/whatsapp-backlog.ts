import { setTimeout as wait } from 'node:timers/promises'
import type { WAMessage } from '@whiskeysockets/baileys'
import type { Logger } from '../log.ts'
import type { Address, IncomingContent } from './channel.ts'
import { decodeArrival, encodeArrival } from './whatsapp-arrival.ts'
import type { FetchFile } from './whatsapp-files.ts'
import type { Baileys } from './whatsapp-library.ts'
import { type Arrival, type RemoteFile, readMessage } from './whatsapp-message.ts'
import type { WhatsAppStore } from './whatsapp-store.ts'

export interface BacklogDeps {
  readonly baileys: Baileys
  readonly store: Pick<WhatsAppStore, 'noteArrival' | 'arrivals' | 'countAttempt' | 'dropArrival' | 'nameOf'>
  readonly log: Logger
  readonly now: () => Date
  readonly fetchFile: FetchFile
  /** Whether WhatsApp is in reach: without it a file that cannot be fetched is nobody's fault. */
  readonly isConnected: () => boolean
  readonly addressOf: (name: string) => Address
  /** Resolves once the message is in the inbox. */
  readonly handOver: (name: string, arrival: Arrival, content: IncomingContent) => Promise<void>
  /** Milliseconds between tries. */
  readonly retryMs?: number | undefined
}

/** Messages that wait for their file, and those behind them in the same chat. All of them are durable. */
export interface Backlog {
  /** Whether the chat has something waiting: then what follows must wait too. */
  holds(name: string): boolean
  /** Keeps a message, and hands it over when its turn comes. Resolves once it is durable. */
  add(name: string, message: WAMessage, arrival: Arrival): Promise<void>
  /** Takes up what an earlier life of the process left behind. */
  resume(): Promise<void>
  /** Resolves once nothing is under way; what is left then, the next life takes up. */
  leave(): Promise<void>
}

/** How often a file is asked for before the person is told that it did not arrive. */
const maximumTries = 3
const usualRetryMs = 3_000

/** Makes the backlog of one account. */
export function createBacklog(deps: BacklogDeps): Backlog {
  const { store, log, retryMs = usualRetryMs } = deps
  const chats = new Map<string, Promise<void>>()
  const leaving = new AbortController()
  const pause = () => wait(retryMs, undefined, { signal: leaving.signal }).catch(() => undefined)

  function queue(name: string, work: () => Promise<void>): void {
    const tail = (chats.get(name) ?? Promise.resolve())
      .then(() => untilDone(work))
      .finally(() => {
        if (chats.get(name) === tail) chats.delete(name)
      })
    chats.set(name, tail)
  }

  /** What cannot be handed over now is tried again, so that nothing overtakes it. */
  async function untilDone(work: () => Promise<void>): Promise<void> {
    while (!leaving.signal.aborted) {
      try {
        return await work()
      } catch (error) {
        if (!leaving.signal.aborted) log.error({ err: error }, 'a message waits: it could not be handed over')
        await pause()
      }
    }
  }

  async function workOff(id: bigint, name: string, arrival: Arrival, attempts: number): Promise<void> {
    const { content } = arrival
    if (content.type === 'undecryptable') return store.dropArrival(id)
    await deps.handOver(
      name,
      arrival,
      content.type === 'file' ? await fetched(id, name, content, attempts) : content,
    )
    await store.dropArrival(id)
  }

  async function fetched(
    id: bigint,
    name: string,
    file: RemoteFile,
    attempts: number,
  ): Promise<IncomingContent> {
    for (let tries = attempts; tries < maximumTries; tries += 1) {
      while (!deps.isConnected() && !leaving.signal.aborted) await pause()
      leaving.signal.throwIfAborted()
      // Counted before: a file that ends the process must not do so for ever.
      await store.countAttempt(id)
      try {
        return await deps.fetchFile(file, deps.addressOf(name))
      } catch (error) {
        leaving.signal.throwIfAborted()
        log.warn({ err: error, tries }, 'a WhatsApp file was not fetched')
        if (tries + 1 < maximumTries) await pause()
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

  return {
    holds: (name) => chats.has(name),
    async add(name, message, arrival) {
      const id = await store.noteArrival(encodeArrival(deps.baileys, message))
      queue(name, () => workOff(id, name, arrival, 0))
    },
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
      while (chats.size > 0) await Promise.allSettled(chats.values())
    },
  }
}
