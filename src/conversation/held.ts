import type { IncomingContent } from '../channels/channel.ts'
import type { ActionContext } from '../flow/action.ts'
import { pressedLabel } from '../flow/pressed-label.ts'
import { closeSession } from '../flow/session.ts'
import type { Transaction } from '../storage/database.ts'
import { callAction } from './call-action.ts'
import { type Conversed, type Heard, type House, standing, stopsIn } from './heard.ts'
import { latenessOf } from './lateness.ts'
import { noticeFor } from './notice.ts'
import { readForOfficer } from './read-for-officer.ts'

/** Whether a person answers in the chat now, and the house can hear for them. */
export function isHeld({ actions }: House, { heldUntil, now }: Heard): boolean {
  return heldUntil !== null && now < heldUntil && Object.hasOwn(actions, 'hear_for_officer')
}

/**
 * Hears a message for the officer who answers in the chat: the flows are not shown it, and the person gets no answer.
 * Undefined when the flows are to answer after all: the message says that the bot is to stop writing, that the person wants
 * the menu back, or no officer answers any more.
 */
export async function hearForOfficer(
  house: House,
  heard: Heard,
  context: ActionContext<Transaction>,
): Promise<Conversed | undefined> {
  if (isStop(house, heard)) return undefined
  if (isMenu(house, heard)) {
    await callAction(house.actions, 'leave_officer', {}, context)
    return undefined
  }
  const { message, secret } = readForOfficer(house.flows, labelled(house, heard))
  const { content } = heard
  const photo = content.type === 'media' ? content.media.id : ''
  const { outcome } = await callAction(house.actions, 'hear_for_officer', { message, photo }, context)
  return outcome === 'heard' ? concludeHeard(house, heard, { transcript: message, secret }) : undefined
}

/**
 * The word for it, or the button of the bot's own question whether it is meant. A typed "ya" answers what the officer asked
 * last, and not what the bot asked before.
 */
function isStop(house: House, heard: Heard): boolean {
  const { session, content } = heard
  return (
    stopsIn(house, heard, closeSession(session)) ||
    (content.type === 'choice' && stopsIn(house, heard, session))
  )
}

/** Exactly the word, and wanted now: a sentence with it in is for the officer, and so is one of days ago. */
function isMenu(house: House, heard: Heard): boolean {
  const lateness = latenessOf(heard.sentAt, heard.now)
  if (lateness === 'too_late' || lateness === 'wrong_time') return false
  const { language, commands } = house.flows
  const { content } = labelled(house, heard)
  return content.type === 'text' && commands.get(language.normalise(content.text).text) === 'menu'
}

/** The same message, with a button in words where they are known. */
function labelled({ flows }: House, heard: Heard): Heard {
  const { content, session } = heard
  const text = content.type === 'choice' ? pressedLabel(flows, session, content.value) : undefined
  return text === undefined ? heard : { ...heard, content: { type: 'text', text } }
}

function concludeHeard(
  house: House,
  heard: Heard,
  read: Pick<Conversed, 'transcript' | 'secret'>,
): Conversed {
  const notice = noticeFor(house.flows, heard.notices)
  const unreadable = sentenceFor(house, heard.content)
  return {
    // A form that is over is not to live on because of what an officer was told.
    session: standing(house, heard),
    messages: [notice?.text, unreadable].flatMap((text) => (text === undefined ? [] : [{ text }])),
    notice,
    ...read,
    visited: [],
  }
}

/** An officer cannot read it either: the person is told so, and nothing is asked. */
function sentenceFor({ flows }: House, content: IncomingContent): string | undefined {
  if (content.type !== 'unreadable') return undefined
  const { unreadable } = flows.system
  return unreadable[content.what] ?? unreadable.other
}
