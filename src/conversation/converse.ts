import type { ActionContext } from '../flow/action.ts'
import { advance } from '../flow/engine.ts'
import type { Input } from '../flow/input.ts'
import type { Message } from '../flow/message.ts'
import type { Turn } from '../flow/turn.ts'
import type { Transaction } from '../storage/database.ts'
import { callAction } from './call-action.ts'
import {
  type Conversed,
  type Heard,
  type House,
  isExpired,
  optOutSession,
  readLater,
  standing,
} from './heard.ts'
import { hearForOfficer, isHeld } from './held.ts'
import { inputFrom } from './input-from.ts'
import { beginsRun, latenessOf } from './lateness.ts'
import { noticeFor } from './notice.ts'
import { outgoingOf } from './outgoing-of.ts'
import { withoutKeptSecret } from './without-secret.ts'

export type { Conversed, Heard, House } from './heard.ts'

/** A turn that must call an action needs a transaction: nothing else does. */
export type FirstTurn = { readonly type: 'done'; readonly conversed: Conversed } | { readonly type: 'calls' }

/** Answers a message that needs no action; says `calls` for one that does, and leaves it to `converse`. */
export function converseWithoutActions(house: House, heard: Heard): FirstTurn {
  if (isHeld(house, heard) || isForStaff(house, heard)) return { type: 'calls' }
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
  if (isHeld(house, heard)) {
    const conversed = await hearForOfficer(house, heard, context)
    if (conversed !== undefined) return conversed
  }
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

/** Keeps a message that came too late for an officer, and tells the person so once. */
async function leaveToStaff(
  house: House,
  heard: Heard,
  context: ActionContext<Transaction>,
): Promise<Conversed> {
  const { flows, actions } = house
  const { transcript: message } = readLater(house, heard)
  const input = { message, written_at: heard.sentAt.toISOString() }
  const { outcome } = await callAction(actions, 'note_late_message', input, context)
  const messages = outcome === 'opened' ? [{ text: flows.system.texts.too_late }] : []
  const session = standing(house, heard)
  const turn = { type: 'waiting', session, messages, visited: [], handoff: false } as const
  return conclude(house, heard, turn, messages, [])
}

function inputOf(house: House, heard: Heard): Input {
  const { content, sentAt, now } = heard
  const isActedOn = latenessOf(sentAt, now) !== 'wrong_time' || optOutSession(house, heard) !== undefined
  if (!isActedOn) return { type: 'unreadable', what: 'wrong_time', now }
  return inputFrom(withoutKeptSecret(house.flows, standing(house, heard), content, now), now)
}

function conclude(
  house: House,
  heard: Heard,
  turn: Turn,
  messages: readonly Message[],
  visited: readonly string[],
): Conversed {
  const { system } = house.flows
  const notice = noticeFor(house.flows, heard.notices)
  return {
    session: turn.session,
    messages: [
      ...(notice === undefined ? [] : [{ text: notice.text }]),
      ...(isExpired(house, heard) && heard.session.trail.length > 0 ? [{ text: system.texts.expired }] : []),
      ...(isApologisedFor(house, heard) ? [{ text: system.texts.waiting }] : []),
      ...messages.map(outgoingOf),
    ],
    notice,
    ...readLater(house, heard),
    visited,
  }
}

/** Whether the answer begins with an apology for the wait. */
function isApologisedFor(house: House, heard: Heard): boolean {
  const lateness = latenessOf(heard.sentAt, heard.now)
  const waited = lateness === 'late' || lateness === 'too_late'
  return waited && !isForStaff(house, heard) && beginsRun(heard.lastMessageAt, heard.now)
}
