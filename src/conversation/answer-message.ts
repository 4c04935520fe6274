import type { IncomingContent } from '../channels/channel.ts'
import type { Transaction } from '../storage/database.ts'
import {
  type Conversed,
  converse,
  converseWithoutActions,
  type Heard,
  type House,
  readSession,
} from './converse.ts'
import type { InboxStore, Pending, TurnSaved } from './inbox-store.ts'
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

interface Deps {
  readonly store: Pick<InboxStore, 'saveTurn' | 'withChatLocked'>
  readonly house: () => House
  readonly sealer: Sealer
  readonly now: () => Date
}

/** How often a message is tried that fails. */
const maxAttempts = 3

/** Makes the function. It rejects when the flows, an action or the database fail; then nothing was changed. */
export function createAnswerer({ store, house, sealer, now }: Deps): AnswerMessage {
  const save = async (
    pending: Pending,
    conversed: Conversed,
    more: { transaction?: Transaction; failure?: string } = {},
  ): Promise<Answered | undefined> => {
    const { session, notice } = conversed
    const turn = {
      pending,
      session: sealer.seal(JSON.stringify(session)),
      flow: session.flow,
      step: session.step,
      transcript: sealOutgoing(sealer, { text: conversed.transcript }),
      replies: conversed.messages.map((message) => sealOutgoing(sealer, message)),
      notice,
      failure: more.failure,
      now: now(),
    }
    const saved = await store.saveTurn(turn, more.transaction)
    return saved && { conversed, saved }
  }

  return async (pending, content) => {
    const heard = hear(pending, content ?? openContent(sealer, pending.body), sealer, now())
    if (pending.attempts >= maxAttempts) {
      return save(pending, apologise(house(), heard), { failure: 'set_aside' })
    }
    const first = converseWithoutActions(house(), heard)
    if (first.type === 'done') return save(pending, first.conversed)
    return store.withChatLocked(pending, async (transaction) => {
      const { contactId, chatId, address } = pending
      const { channel } = address
      const context = { transaction, contactId, chatId: String(chatId), channel, now: heard.now }
      return save(pending, await converse(house(), heard, context), { transaction })
    })
  }
}

function hear(pending: Pending, content: IncomingContent, sealer: Sealer, now: Date): Heard {
  const { sentAt, lastMessageAt, notices } = pending
  const session = readSession(pending.session === null ? undefined : sealer.open(pending.session))
  return { session, content, sentAt, lastMessageAt, notices, now }
}

/** A message that failed again and again is answered with an apology, so that the chat can go on. */
function apologise({ flows }: House, { session }: Heard): Conversed {
  return {
    session,
    messages: [{ text: flows.system.texts.busy }],
    notice: undefined,
    transcript: '[failed]',
    secret: false,
    visited: [],
  }
}
