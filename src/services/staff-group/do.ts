import type { GroupMessage } from '../../channels/telegram-staff-message.ts'
import type { TicketEntry } from '../../inquiry/ticket.ts'
import type { Done, TicketDesk, TicketView } from '../../inquiry/ticket-desk.ts'
import { fill } from '../../language/fill-text.ts'
import type { Officer } from '../../staff/officer.ts'
import type { TicketTopics } from '../../storage/ticket-topics.ts'
import type { GroupAnswers } from './answers.ts'
import type { Deed } from './deed.ts'
import { entryLine, type LineDeps } from './lines.ts'
import { type GroupMember, isOwnEntry } from './officer.ts'

/** What doing what is written in the group needs. */
export interface DoDeps extends LineDeps {
  readonly desk: Pick<
    TicketDesk,
    'read' | 'answer' | 'note' | 'claim' | 'release' | 'askSolved' | 'close' | 'reopen' | 'handBack'
  >
  readonly topics: TicketTopics
  readonly answers: GroupAnswers
  /** Who somebody in the group is at the desk. */
  officerOf(author: GroupMember): Officer
  readonly now: () => Date
}

/** Where the answer to a message goes: right under it. */
export function placeOf({ chatId, topic, messageId }: GroupMessage) {
  return { chatId, threadId: topic, replyTo: messageId }
}

/** Does it, and answers under the message: a thumb up, or why it was not done. */
export async function doDeed(
  deps: DoDeps,
  number: number,
  message: GroupMessage & { readonly author: GroupMember },
  deed: Deed,
): Promise<void> {
  const { topics, answers, texts } = deps
  const officer = deps.officerOf(message.author)
  const holder = await findOther(deps, officer, number, deed)
  if (holder !== undefined) return say(deps, message, number, fill(texts.refused.held_act, { name: holder }))
  const seen = await topics.seenBefore(number, message.messageId)
  const key = `${message.chatId}:${message.messageId}`
  const done = await carryOut(deps.desk, officer, number, deed, { seen, key })
  if (done.type !== 'done') return refuse(deps, number, message, { done, officer, seen })
  const entryId = await seenAfter(deps, officer, number, seen)
  // Never without an entry: such a line would be taken for that of an edit that came before its message.
  await topics.note(message.messageId, { number, entryId: entryId ?? seen }, deps.now())
  const words = deed.type === 'answer' || deed.type === 'note' ? texts.done[deed.type] : texts.done.other
  answers.accept(placeOf(message), words)
}

/**
 * Who else holds the ticket, where the deed would take it out of their hands: at the desk an admin may do so, but here
 * everybody is one.
 */
async function findOther(
  { desk }: DoDeps,
  officer: Officer,
  number: number,
  { type }: Deed,
): Promise<string | undefined> {
  if (type === 'answer' || type === 'note' || type === 'claim' || type === 'reopen') return undefined
  const holder = (await desk.read(officer, number))?.ticket.holder
  return holder?.id === officer.id ? undefined : holder?.name
}

function carryOut(
  desk: DoDeps['desk'],
  officer: Officer,
  number: number,
  deed: Deed,
  { seen, key }: { seen: bigint; key: string },
): Promise<Done> {
  switch (deed.type) {
    case 'answer':
      return desk.answer(officer, number, { text: deed.text, seen, key })
    case 'note':
      return desk.note(officer, number, deed.text)
    case 'close':
      return desk.close(officer, number, deed.reason)
    case 'claim':
      return desk.claim(officer, number)
    case 'release':
      return desk.release(officer, number)
    case 'ask_solved':
      return desk.askSolved(officer, number)
    case 'reopen':
      return desk.reopen(officer, number)
    case 'hand_back':
      return desk.handBack(officer, number)
  }
}

/**
 * What has been seen once the officer's own entry is written: with it everything that was written in the group since, which
 * everybody in it has read, up to what nobody there was told yet.
 */
async function seenAfter(
  { desk, texts }: DoDeps,
  officer: Officer,
  number: number,
  seen: bigint,
): Promise<bigint | undefined> {
  const since = (await desk.read(officer, number))?.entries.filter(({ id }) => id > seen) ?? []
  const untold = since.findIndex((entry) => !isOwnEntry(texts, entry))
  return (untold === -1 ? since : since.slice(0, untold)).at(-1)?.id
}

async function refuse(
  deps: DoDeps,
  number: number,
  message: GroupMessage,
  { done, officer, seen }: { done: Exclude<Done, { type: 'done' }>; officer: Officer; seen: bigint },
): Promise<void> {
  const { refused } = deps.texts
  if (done.type === 'unreadable') return say(deps, message, number, refused[done.why])
  if (done.type === 'held') return say(deps, message, number, fill(refused.held, { name: done.by }))
  if (done.type !== 'moved') return say(deps, message, number, refused[done.type])
  const view = await deps.desk.read(officer, number)
  const since = view?.entries.filter(({ id }) => id > seen) ?? []
  const entryId = since.at(-1)?.id
  // Whoever reads the refusal has seen what it shows.
  const remember = (messageId: number) => deps.topics.note(messageId, { number, entryId }, deps.now())
  say(deps, message, number, movedText(deps, view, since), remember)
}

function movedText(deps: DoDeps, view: TicketView | undefined, since: readonly TicketEntry[]): string {
  const { refused } = deps.texts
  const news = since.filter(({ type }) => type !== 'event')
  if (view === undefined || news.length === 0) return refused.moved_unseen
  const lines = news.map((entry) => entryLine(deps, view.ticket, entry))
  return fill(refused.moved, { news: lines.join('\n\n').slice(0, mostNews) })
}

const mostNews = 3_000

/** In a group without topics every message of the bot about a ticket begins with its number, so that one can reply to it. */
export function say(
  { texts, answers }: DoDeps,
  message: GroupMessage,
  number: number,
  text: string,
  then?: (messageId: number) => Promise<void>,
): void {
  const prefix = message.topic === undefined ? fill(texts.prefix, { number }) : ''
  answers.say(placeOf(message), `${prefix}${text}`, then)
}
