import type { OutgoingMessage } from '../channels/channel.ts'
import type { Values } from '../flow/action.ts'
import { advance } from '../flow/engine.ts'
import { closeSession, type Session } from '../flow/session.ts'
import type { Turn } from '../flow/turn.ts'
import type { Transaction } from '../storage/database.ts'
import type { ChatStore, LockedChat } from './chat-store.ts'
import { type House, isOver, isWaited } from './heard.ts'
import { noticeFor } from './notice.ts'
import { openSession } from './open-session.ts'
import type { ChatPurpose, OutboxStore } from './outbox-store.ts'
import { outgoingOf } from './outgoing-of.ts'
import { type Sealer, sealOutgoing } from './sealed-json.ts'

/** A step that the program opens in a chat. */
export interface Opening {
  /** `flow/step`: one that says or asks, and the values it is given. It calls no action. */
  readonly to: string
  readonly values?: Values
  /** Goes before what the step says. */
  readonly before?: readonly OutgoingMessage[]
  /** Until when an answer to the step counts, where that is longer than a day after it was opened. */
  readonly until?: Date
  /** The step says nothing: it only stands there, so that a later answer is understood. */
  readonly quiet?: boolean
}

/** The messages that were put into the outbox, in their order. */
export interface Said {
  readonly outboxIds: readonly bigint[]
}

/**
 * Opens a step in a chat, within a transaction that locks the chat. A form that the person was in can be gone on with, unless
 * the step is of the same flow. The ids are those of `before` and of the step's messages; the privacy notice, where the chat
 * never saw it, goes out ahead of them. Throws when there is no such chat or step, or the step cannot be opened so. Not for
 * the actions of a turn of the same chat: the turn decides where the person stands.
 */
export type OpenStep = (
  chatId: bigint,
  opening: Opening,
  transaction: Transaction,
  purpose?: ChatPurpose,
) => Promise<Said>

interface Deps {
  readonly store: Pick<ChatStore, 'lock' | 'stand'> & Pick<OutboxStore, 'say'>
  readonly house: () => House
  readonly sealer: Sealer
  readonly now: () => Date
}

/** Makes the function. */
export function createOpenStep({ store, house, sealer, now }: Deps): OpenStep {
  return async (chatId, opening, transaction, purpose = 'notice') => {
    const chat = await store.lock(chatId, transaction)
    if (chat === undefined) throw new Error(`there is no chat ${chatId}`)
    const at = now()
    const { flows } = house()
    const { session: opened, messages } = turnOf(flows, sealer, chat, opening, at)
    const session = { ...opened, waits: waitsOf(opened, opening) }
    const said = [...(opening.before ?? []), ...(opening.quiet === true ? [] : messages.map(outgoingOf))]
    const notice = said.length === 0 ? undefined : noticeFor(flows, chat.notices)
    const { flow, step } = session
    const sealed = sealer.seal(JSON.stringify(session))
    await store.stand(chatId, { session: sealed, flow, step, notice, now: at }, transaction)
    if (said.length === 0) return { outboxIds: [] }
    const whole = notice === undefined ? said : [{ text: notice.text }, ...said]
    const bodies = whole.map((message) => sealOutgoing(sealer, message))
    const outboxIds = await store.say(chatId, bodies, purpose, at, transaction)
    return { outboxIds: outboxIds.slice(whole.length - said.length) }
  }
}

function waitsOf({ flow, step }: Session, { until }: Opening): Session['waits'] {
  return until === undefined ? null : { at: `${flow}/${step}`, until: until.toISOString() }
}

function turnOf(
  flows: House['flows'],
  sealer: Sealer,
  chat: LockedChat,
  { to, values = {} }: Opening,
  now: Date,
): Turn {
  const missing = (flows.given.get(to) ?? []).filter((name) => !(name in values))
  if (missing.length > 0) throw new Error(`${to} is opened without ${missing.join(', ')}: see its entrances`)
  const session = openSession(sealer, chat)
  // What was answered a day ago is dropped, as it is when the person writes.
  const isLeft = isOver(chat.lastMessageAt, now) && !isWaited(session, now)
  const standing = isLeft ? closeSession(session) : session
  const turn = advance(flows, standing, { type: 'open', to, values, now })
  if (turn.type === 'calling') throw new Error(`${to} calls ${turn.action}: only what says or asks is opened`)
  return turn
}
