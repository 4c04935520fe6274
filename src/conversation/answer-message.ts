import type { IncomingContent, Media } from '../channels/channel.ts'
import { asksSecret } from '../flow/engine.ts'
import type { Session } from '../flow/session.ts'
import type { Transaction } from '../storage/database.ts'
import { type Conversed, converse, converseWithoutActions, type Heard, type House } from './converse.ts'
import type { Dialect, Pending, TurnSaved } from './inbox-rows.ts'
import type { InboxStore } from './inbox-store.ts'
import { openSession } from './open-session.ts'
import { openContent, type Sealer, sealOutgoing } from './sealed-json.ts'

/** What a message was answered with, and that it is saved. */
export interface Answered {
  readonly conversed: Conversed
  readonly saved: TurnSaved
}

/**
 * Answers a message of the inbox and saves the turn. `content` is what it holds, where that is at hand. Undefined: somebody
 * else saved a turn of the chat meanwhile, and nothing was changed.
 */
export type AnswerMessage = (pending: Pending, content?: IncomingContent) => Promise<Answered | undefined>

/** What answering needs. */
export interface AnswererDeps {
  readonly store: Pick<InboxStore, 'saveTurn' | 'withChatLocked'>
  readonly house: () => House
  readonly sealer: Sealer
  readonly now: () => Date
  /** What somebody writes in, where a text tells. */
  readonly dialectOf?: ((text: string) => Dialect | undefined) | undefined
}

/** How often a message is tried that fails. */
const maxAttempts = 3

/** Makes the function. It rejects when the flows, an action or the database fail; then nothing was changed. */
export function createAnswerer({ store, house, sealer, now, dialectOf }: AnswererDeps): AnswerMessage {
  const save = async (
    pending: Pending,
    conversed: Conversed,
    more: {
      transaction?: Transaction
      failure?: string
      media?: readonly Media[]
      content?: IncomingContent
    } = {},
  ): Promise<Answered | undefined> => {
    const { session, notice } = conversed
    const turn = {
      pending,
      session: sealer.seal(JSON.stringify(session)),
      flow: session.flow,
      step: session.step,
      transcript: sealOutgoing(sealer, { text: conversed.transcript, media: more.media }),
      replies: conversed.messages.map((message) => sealOutgoing(sealer, message)),
      notice,
      failure: more.failure,
      language:
        conversed.secret || more.content?.type !== 'text' ? undefined : dialectOf?.(more.content.text),
      now: now(),
    }
    const saved = await store.saveTurn(turn, more.transaction)
    return saved && { conversed, saved }
  }

  return async (pending, content) => {
    const session = openSession(sealer, pending)
    // Looked at first: what cannot even be opened must not be tried for ever.
    if (pending.attempts >= maxAttempts)
      return save(pending, apologise(house(), session), { failure: 'set_aside' })
    const { sentAt, lastMessageAt, heldUntil, notices } = pending
    const opened = content ?? openContent(sealer, pending.body)
    const heard: Heard = {
      ...{ session, content: opened, sentAt, lastMessageAt, heldUntil, notices },
      now: now(),
    }
    const first = converseWithoutActions(house(), heard)
    const media = attached(house(), heard)
    if (first.type === 'done') return save(pending, first.conversed, { media, content: opened })
    return store.withChatLocked(pending, async (transaction) => {
      const { contactId, chatId, address } = pending
      const { channel } = address
      const context = { transaction, contactId, chatId: String(chatId), channel, now: heard.now }
      return save(pending, await converse(house(), heard, context), { transaction, media, content: opened })
    })
  }
}

/** What came with the message, for whoever reads the chat later: nothing where a secret was asked for. */
function attached({ flows }: House, { content, session }: Heard): readonly Media[] {
  return content.type === 'media' && !asksSecret(flows, session) ? [content.media] : []
}

/** A message that failed again and again is answered with an apology, so that the chat can go on. */
function apologise({ flows }: House, session: Session): Conversed {
  return {
    session,
    messages: [{ text: flows.system.texts.busy }],
    notice: undefined,
    transcript: '[failed]',
    secret: asksSecret(flows, session),
    visited: [],
  }
}
