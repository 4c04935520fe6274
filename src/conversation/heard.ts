import type { IncomingContent, OutgoingMessage } from '../channels/channel.ts'
import type { Actions } from '../flow/action.ts'
import { advance, asksSecret } from '../flow/engine.ts'
import type { FlowSet } from '../flow/flow-set.ts'
import { keptAnswer } from '../flow/secret-answer.ts'
import { closeSession, type Session } from '../flow/session.ts'
import { maskDigits } from '../language/mask.ts'
import type { Transaction } from '../storage/database.ts'
import { inputFrom } from './input-from.ts'
import { latenessOf } from './lateness.ts'
import { hasWords, transcriptIn, transcriptOf } from './transcript.ts'
import { withoutSecret } from './without-secret.ts'

/** What a flow set needs to answer: the flows and what they may call. */
export interface House {
  readonly flows: FlowSet
  readonly actions: Actions<Transaction>
}

/** The facts of one message that the answer depends on. */
export interface Heard {
  readonly session: Session
  readonly content: IncomingContent
  readonly sentAt: Date
  /** When the chat's last message was handled; null for a new chat. */
  readonly lastMessageAt: Date | null
  /** A person answers until then; null while the bot does. */
  readonly heldUntil: Date | null
  readonly notices: readonly string[]
  readonly now: Date
}

/** What came of one message, before anything is saved. */
export interface Conversed {
  readonly session: Session
  readonly messages: readonly OutgoingMessage[]
  readonly notice: ShownNotice | undefined
  /** What may be read of the message later: secrets and long numbers are masked. */
  readonly transcript: string
  /** Whether the message held a secret, so that the platform should forget it too. */
  readonly secret: boolean
  readonly visited: readonly string[]
}

/** The privacy notice that a chat is shown, as it can be proved later. */
export interface ShownNotice {
  readonly version: string
  /** SHA-256, hexadecimal. */
  readonly textHash: string
}

const expiresAfterMs = 24 * 60 * 60_000

/**
 * The session in which a message that did not come in time tells the bot to stop writing, by the word for it or in answer
 * to whether that is meant: it holds at any age, and whatever time the message claims.
 */
export function optOutSession(house: House, heard: Heard): Session | undefined {
  if (latenessOf(heard.sentAt, heard.now) === 'in_time') return undefined
  return [heard.session, closeSession(heard.session)].find((each) => stopsIn(house, heard, each))
}

/** Whether the message, met by this session, tells the bot to stop writing. */
export function stopsIn({ flows }: House, { content, now }: Heard, session: Session): boolean {
  return advance(flows, session, inputFrom(content, now)).visited.includes(flows.system.goesTo.berhenti)
}

/** Whether what the person was in the middle of is so long ago that it is over. */
export function isOver(lastMessageAt: Date | null, now: Date): boolean {
  return lastMessageAt !== null && now.getTime() - lastMessageAt.getTime() > expiresAfterMs
}

/** Whether the question where the person stands was opened to wait longer than others. */
export function isWaited({ flow, step, waits }: Session, now: Date): boolean {
  return waits !== null && waits.at === `${flow}/${step}` && now < new Date(waits.until)
}

/** Whether the person was in the middle of something, so long ago that it is over. */
export function isExpired(house: House, heard: Heard): boolean {
  const { session, lastMessageAt, now } = heard
  if (session.flow === null || isWaited(session, now)) return false
  return isOver(lastMessageAt, now) && optOutSession(house, heard) === undefined
}

/** The session that the message meets. What was answered a day ago is dropped; old buttons stay old. */
export function standing(house: House, heard: Heard): Session {
  const { session } = heard
  return optOutSession(house, heard) ?? (isExpired(house, heard) ? closeSession(session) : session)
}

/**
 * What may be read of the message later. Also long after: what answers a secret question is a secret, whether or not it is still
 * asked, and so is what answers the one of a form that was left.
 */
export function readLater(
  { flows }: House,
  { session, content, now }: Heard,
): Pick<Conversed, 'transcript' | 'secret'> {
  if (asksSecret(flows, session) && hasWords(content))
    return { transcript: transcriptOf(content, true), secret: true }
  let secret = false
  const transcript = transcriptIn(content, (text) => {
    const answer = keptAnswer(flows, session, { text, now })
    if (answer === 'answer') secret = true
    return withoutSecret(maskDigits(text), answer)
  })
  return { transcript, secret }
}
