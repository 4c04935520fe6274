import { createHash } from 'node:crypto'
import type { IncomingContent, OutgoingMessage } from '../channels/channel.ts'
import type { ActionContext, Actions, Values } from '../flow/action.ts'
import { advance, asksSecret } from '../flow/engine.ts'
import type { FlowSet } from '../flow/flow-set.ts'
import type { Input } from '../flow/input.ts'
import type { Message } from '../flow/message.ts'
import { closeSession, type Session, sessionSchema } from '../flow/session.ts'
import type { Turn } from '../flow/turn.ts'
import type { Transaction } from '../storage/database.ts'
import { inputFrom } from './input-from.ts'
import { beginsRun, latenessOf } from './lateness.ts'
import { hasWords, transcriptOf } from './transcript.ts'

/** What a flow set needs to answer: the flows and what they may call. */
export interface House {
  readonly flows: FlowSet
  readonly actions: Actions<Transaction>
}

/** What came of one message, before anything is saved. */
export interface Conversed {
  readonly session: Session
  readonly messages: readonly OutgoingMessage[]
  readonly notice: { readonly version: string; readonly textHash: string } | undefined
  /** What may be read of the message later: secrets and long numbers are masked. */
  readonly transcript: string
  /** Whether the message held a secret, so that the platform should forget it too. */
  readonly secret: boolean
  readonly visited: readonly string[]
}

/** The facts of one message that the answer depends on. */
export interface Heard {
  readonly session: Session
  readonly content: IncomingContent
  readonly sentAt: Date
  /** When the chat's last message was handled; null for a new chat. */
  readonly lastMessageAt: Date | null
  readonly notices: readonly string[]
  readonly now: Date
}

/** A turn that must call an action needs a transaction: nothing else does. */
export type FirstTurn = { readonly type: 'done'; readonly conversed: Conversed } | { readonly type: 'calls' }

const expiresAfterMs = 24 * 60 * 60_000

/** Answers a message that needs no action; says `calls` for one that does, and leaves it to `converse`. */
export function converseWithoutActions(house: House, heard: Heard): FirstTurn {
  if (isForStaff(house, heard)) return { type: 'calls' }
  const turn = advance(house.flows, standing(house, heard), inputOf(house, heard))
  if (turn.type === 'calling') return { type: 'calls' }
  return { type: 'done', conversed: conclude(house, heard, turn, turn.messages, turn.visited) }
}

/** Answers a message, calling actions as the flow says, in the transaction of `context`. */
export async function converse(
  house: House,
  heard: Heard,
  context: ActionContext<Transaction>,
): Promise<Conversed> {
  if (isForStaff(house, heard)) return leaveToStaff(house, heard, context)
  let turn = advance(house.flows, standing(house, heard), inputOf(house, heard))
  const messages = [...turn.messages]
  const visited = [...turn.visited]
  while (turn.type === 'calling') {
    const { outcome, values } = await callAction(house.actions, turn.action, turn.input, context)
    turn = advance(house.flows, turn.session, { type: 'outcome', outcome, values, now: heard.now })
    messages.push(...turn.messages)
    visited.push(...turn.visited)
  }
  return conclude(house, heard, turn, messages, visited)
}

/** Whether the flows are not to act on the message, as it comes too late. What is not there is no use to staff either. */
function isForStaff(house: House, heard: Heard): boolean {
  const { content, sentAt, now } = heard
  const isMissing =
    content.type === 'unreadable' && (content.what === 'undecryptable' || content.what === 'too_large')
  return !isMissing && latenessOf(sentAt, now) === 'too_late' && optOutSession(house, heard) === undefined
}

/**
 * The session in which a message that did not come in time tells the bot to stop writing, by the word for it or in answer
 * to whether that is meant: it holds at any age, and whatever time the message claims.
 */
function optOutSession({ flows }: House, { session, content, sentAt, now }: Heard): Session | undefined {
  if (latenessOf(sentAt, now) === 'in_time') return undefined
  const input = inputFrom(content, now)
  return [session, closeSession(session)].find((each) =>
    advance(flows, each, input).visited.includes(flows.system.goesTo.berhenti),
  )
}

/** Keeps a message that came too late for an officer, and tells the person so once. */
async function leaveToStaff(
  house: House,
  heard: Heard,
  context: ActionContext<Transaction>,
): Promise<Conversed> {
  const { flows, actions } = house
  const message = transcriptOf(heard.content, isSecret(house, heard))
  const input = { message, written_at: heard.sentAt.toISOString() }
  const { outcome } = await callAction(actions, 'note_late_message', input, context)
  const messages = outcome === 'opened' ? [{ text: flows.system.texts.too_late }] : []
  const session = standing(house, heard)
  const turn = { type: 'waiting', session, messages, visited: [], handoff: false } as const
  return conclude(house, heard, turn, messages, [])
}

/** The session in a stored text; undefined when it is none. Throws when the text is not JSON. */
export function readSession(text: string): Session | undefined {
  const read = sessionSchema.safeParse(JSON.parse(text))
  return read.success ? read.data : undefined
}

/** Whether the person was in the middle of something, so long ago that it is over. */
function isExpired(house: House, heard: Heard): boolean {
  const { session, lastMessageAt, now } = heard
  if (session.flow === null || lastMessageAt === null) return false
  return now.getTime() - lastMessageAt.getTime() > expiresAfterMs && optOutSession(house, heard) === undefined
}

/** The session that the message meets. What was answered a day ago is dropped; old buttons stay old. */
function standing(house: House, heard: Heard): Session {
  const { session } = heard
  return optOutSession(house, heard) ?? (isExpired(house, heard) ? closeSession(session) : session)
}

async function callAction(
  actions: Actions<Transaction>,
  name: string,
  input: Values,
  context: ActionContext<Transaction>,
): Promise<{ outcome: string; values: Values }> {
  const action = actions[name]
  if (action === undefined) throw new Error(`no action ${name}`)
  action.contract.inputs.parse(input)
  const result = await action.run(input, context)
  const promised = action.contract.outcomes[result.outcome]
  if (promised === undefined)
    throw new Error(`${name} gave an outcome it does not promise: ${result.outcome}`)
  promised.parse(result.values)
  return result
}

function inputOf(house: House, heard: Heard): Input {
  const { content, sentAt, now } = heard
  const isActedOn = latenessOf(sentAt, now) !== 'wrong_time' || optOutSession(house, heard) !== undefined
  return isActedOn ? inputFrom(content, now) : { type: 'unreadable', what: 'wrong_time', now }
}

function conclude(
  house: House,
  heard: Heard,
  turn: Turn,
  messages: readonly Message[],
  visited: readonly string[],
): Conversed {
  const { system } = house.flows
  const secret = isSecret(house, heard)
  const notice = heard.notices.includes(system.notice.version) ? undefined : system.notice
  return {
    session: turn.session,
    messages: [
      ...(notice === undefined ? [] : [{ text: notice.text }]),
      ...(isExpired(house, heard) && heard.session.trail.length > 0 ? [{ text: system.texts.expired }] : []),
      ...(isApologisedFor(house, heard) ? [{ text: system.texts.waiting }] : []),
      ...messages.map(outgoingOf),
    ],
    notice:
      notice === undefined
        ? undefined
        : { version: notice.version, textHash: createHash('sha256').update(notice.text).digest('hex') },
    transcript: transcriptOf(heard.content, secret),
    secret,
    visited,
  }
}

function outgoingOf(message: Message): OutgoingMessage {
  return message.options === undefined
    ? { text: message.text }
    : { text: message.text, options: message.options }
}

/** Also long after: what answers a secret question is a secret, whether or not it is still asked. */
function isSecret({ flows }: House, { session, content }: Heard): boolean {
  return asksSecret(flows, session) && hasWords(content)
}

/** Whether the answer begins with an apology for the wait. */
function isApologisedFor(house: House, heard: Heard): boolean {
  const lateness = latenessOf(heard.sentAt, heard.now)
  const waited = lateness === 'late' || lateness === 'too_late'
  return waited && !isForStaff(house, heard) && beginsRun(heard.lastMessageAt, heard.now)
}
