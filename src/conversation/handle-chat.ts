import type { Address, IncomingContent, OutgoingMessage } from '../channels/channel.ts'
import { canDelete } from '../channels/channel.ts'
import type { Logger } from '../log.ts'
import type { Answered, AnswerMessage } from './answer-message.ts'
import type { Deliverer } from './deliver.ts'
import type { Pending, TurnSaved } from './inbox-rows.ts'
import type { InboxStore } from './inbox-store.ts'
import type { Reach } from './reach.ts'

/** What a turn was, for whoever watches: scripts, and the terminal. */
export interface TurnReport {
  readonly chatId: bigint
  readonly address: Address
  readonly messages: readonly OutgoingMessage[]
  readonly visited: readonly string[]
  readonly flow: string | null
  readonly step: string | null
}

/**
 * Answers what waits in the chat, oldest first; `known` is its only message, as the inbox just told it. What fails is
 * left to the sweep, and what follows it waits.
 */
export type HandleChat = (chatId: bigint, known?: Pending, content?: IncomingContent) => Promise<void>

interface Deps {
  readonly store: Pick<InboxStore, 'next' | 'countFailure'>
  readonly answer: AnswerMessage
  readonly deliverer: Deliverer
  readonly channelFor: Reach['channelFor']
  /** Tells other processes that a chat has something to send. */
  readonly notify: (chatId: bigint) => Promise<void>
  readonly onTurn: (report: TurnReport) => void
  readonly log: Logger
}

/** Makes the function. The caller keeps the order within a chat by running one call at a time. */
export function createChatHandler(deps: Deps): HandleChat {
  const { store, answer, deliverer, channelFor, notify, onTurn, log } = deps

  async function answerOne(
    pending: Pending,
    content?: IncomingContent,
  ): Promise<'done' | 'failed' | 'moved_on'> {
    let answered: Answered | undefined
    try {
      answered = await answer(pending, content)
    } catch (error) {
      const inbox = String(pending.inboxId)
      log.error({ err: error, inbox, attempts: pending.attempts }, 'a message could not be answered now')
      await store.countFailure(pending.inboxId, error instanceof Error ? error.name : 'unknown')
      return 'failed'
    }
    if (answered === undefined) return 'moved_on'
    await finish(pending, answered)
    return 'done'
  }

  async function finish(pending: Pending, { conversed, saved }: Answered): Promise<void> {
    const { chatId, address } = pending
    const { session, messages, visited } = conversed
    onTurn({ chatId, address, messages, visited, flow: session.flow, step: session.step })
    if (conversed.secret) void forget(pending)
    try {
      if (channelFor(address, chatId) === undefined) await notify(chatId)
      else if (saved.othersWait) await deliverer.deliverChat(chatId)
      else await deliverer.deliverFresh(chatId, address, freshOf(saved, messages))
    } catch (error) {
      // The answer is in the outbox: it goes out later, and the message is not to be answered again.
      log.error({ err: error, chat: String(chatId) }, 'an answer could not be sent now')
    }
  }

  async function forget(pending: Pending): Promise<void> {
    const channel = channelFor(pending.address, pending.chatId)
    if (channel === undefined || !canDelete(channel)) return
    await channel.deleteIncoming(pending.address, pending.externalId).catch((error) => {
      log.warn({ err: error }, 'the platform kept a message with a secret')
    })
  }

  return async (chatId, known, content) => {
    if (known !== undefined && (await answerOne(known, content)) !== 'moved_on') return
    for (;;) {
      const pending = await store.next(chatId)
      if (pending === undefined || (await answerOne(pending)) === 'failed') return
    }
  }
}

function freshOf(saved: TurnSaved, messages: readonly OutgoingMessage[]) {
  return saved.outboxIds.flatMap((id, index) => {
    const [message, token] = [messages[index], saved.tokens[index]]
    return message === undefined || token === undefined ? [] : [{ id, message, token }]
  })
}
