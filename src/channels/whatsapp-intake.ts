import type { WAMessage } from '@whiskeysockets/baileys'
import type { Address, IncomingContent, IncomingMessage, OutgoingMessage } from './channel.ts'
import { createAskAgain } from './whatsapp-ask-again.ts'
import { type BacklogDeps, createBacklog } from './whatsapp-backlog.ts'
import { type Arrival, readMessage } from './whatsapp-message.ts'
import { partOf } from './whatsapp-parts.ts'
import { chooseByQuote } from './whatsapp-quote.ts'

export interface IntakeDeps extends Omit<BacklogDeps, 'addressOf' | 'handOver'> {
  readonly account: string
  /** Resolves once the message is durable. */
  readonly receive: (message: IncomingMessage) => Promise<void>
  /** Whether the message is in the inbox. */
  readonly has: (from: Address, externalId: string) => Promise<boolean>
  /** What the bot said under a token. */
  readonly said: (token: string) => Promise<OutgoingMessage | undefined>
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

/** Makes the intake of one account. */
export function createIntake(deps: IntakeDeps): Intake {
  const { account, store, log, graceMs = usualGraceMs } = deps
  const taken = new Set<string>()
  const addressOf = (id: string): Address => ({ channel: 'whatsapp', account, id })
  const backlog = createBacklog({ ...deps, addressOf, handOver })
  const askAgain = createAskAgain({ log, graceMs })

  function remember(key: string): void {
    taken.add(key)
    const [oldest] = taken
    if (taken.size > mostRemembered && oldest !== undefined) taken.delete(oldest)
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

  async function ask(name: string, { externalId, sentAt }: Arrival): Promise<void> {
    const from = addressOf(name)
    if (await deps.has(from, externalId)) return
    const content = { type: 'unreadable', what: 'undecryptable' } as const
    await deps.receive({ from, externalId: `again:${externalId}`, sentAt, content })
  }

  return {
    async take(message) {
      const arrival = readMessage(message, deps.now())
      if (arrival === undefined) return
      const { content, externalId } = arrival
      const key = `${arrival.jid} ${externalId}`
      if (taken.has(key)) return
      const name = await store.nameOf(arrival.jid, arrival.other)
      if (content.type === 'undecryptable') return askAgain.wait(name, externalId, () => ask(name, arrival))
      if (content.type === 'file' || backlog.holds(name)) await backlog.add(name, message, arrival)
      else await handOver(name, arrival, content)
      askAgain.note(name, externalId)
      remember(key)
    },
    resume: backlog.resume,
    async leave() {
      askAgain.stop()
      await backlog.leave()
    },
  }
}

function isMenu(question: OutgoingMessage | undefined): boolean {
  return question === undefined || (question.options ?? []).length > 0
}
