import type { GroupCalls, GroupPlace } from '../../channels/telegram-staff.ts'
import { GroupError } from '../../channels/telegram-staff-failure.ts'
import type { TicketEntry } from '../../inquiry/ticket.ts'
import type { TicketDesk, TicketView } from '../../inquiry/ticket-desk.ts'
import { fill } from '../../language/fill-text.ts'
import type { Officer } from '../../staff/officer.ts'
import type { TicketTopic, TicketTopics } from '../../storage/ticket-topics.ts'
import { type Batch, gatherBatch, replaceEntry, toldBefore, toMessages } from './batch.ts'
import type { GroupPace } from './group-pace.ts'
import { headLines, type LineDeps, topicName } from './lines.ts'

/** What telling tickets to the group needs. */
export interface TellDeps extends LineDeps {
  readonly desk: Pick<TicketDesk, 'read' | 'media'>
  readonly topics: TicketTopics
  readonly calls: GroupCalls
  readonly pace: GroupPace
  /** The group as the trail knows it: it sees every ticket. */
  readonly viewer: Officer
  /** Whether an entry was written in the group itself. */
  readonly isOwn: (entry: TicketEntry) => boolean
  readonly now: () => Date
}

/** The group as Telegram knows it. */
export interface GroupChat {
  readonly chatId: number
  readonly isForum: boolean
}

/** Nothing more is to be told: the signal was aborted. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

/** Tells the next message of a ticket in a group as it is now. Rejects with a GroupError, or Stopped; see `Teller`. */
export async function tellTicket(
  deps: TellDeps,
  chat: GroupChat,
  view: TicketView,
  { signal, isPlain }: { readonly signal: AbortSignal; readonly isPlain: boolean },
): Promise<'told' | 'nothing'> {
  const { topics } = deps
  const { number } = view.ticket
  const before = await topics.find(number)
  const isPlaced = before !== undefined && placeIn(chat, before) !== undefined
  const toldId = before === undefined ? 0n : isPlaced ? before.toldId : toldBefore(view, before)
  const fresh = view.entries.filter(({ id }) => id > toldId)
  const hasHead = isPlaced && before.headId !== undefined
  const head = hasHead
    ? undefined
    : headLines(deps, view, { ...chat, isAgain: before !== undefined && before.toldId > 0n })
  const batch = isPlain ? replaceEntry(deps, fresh, head) : gatherBatch(deps, view.ticket, fresh, head)
  if (fresh.length > 0 || !hasHead) await tellBatch(deps, { chat, view, before, toldId, batch, signal })
  const isAll = fresh.at(-1)?.id === batch.upTo || fresh.length === 0
  const isShut = isAll && (await shutTopic(deps, chat, view))
  return fresh.length > 0 || isShut ? 'told' : 'nothing'
}

async function tellBatch(deps: TellDeps, job: Job): Promise<void> {
  const { topics, now } = deps
  const { chat, view, before, toldId, batch } = job
  const { number } = view.ticket
  let messageIds: readonly number[] = []
  if (batch.text !== '') {
    const place = await openPlace(deps, job)
    messageIds = await postBatch(deps, job, place)
    const isHeaded = before?.headId !== undefined && placeIn(chat, before) !== undefined
    if (!isHeaded) await topics.place(number, { threadId: place.threadId, headId: messageIds[0] }, toldId)
  }
  if (batch.upTo !== undefined) await topics.told(number, batch.upTo, messageIds, now())
}

async function postBatch(deps: TellDeps, job: Job, place: GroupPlace): Promise<readonly number[]> {
  const { chat, view, batch, signal } = job
  const prefix = chat.isForum ? '' : fill(deps.texts.prefix, { number: view.ticket.number })
  const messageIds: number[] = []
  let replyTo = place.replyTo
  for (const text of toMessages(batch.text, prefix)) {
    await turn(deps, signal)
    const messageId = await deps.calls.post({ ...place, replyTo }, text)
    if (!chat.isForum) replyTo ??= messageId
    messageIds.push(messageId)
  }
  return [...messageIds, ...(await postMedia(deps, job, { ...place, replyTo }, prefix))]
}

/** Where the ticket is told: in its topic, which is made or opened again for it, or under its first message. */
async function openPlace(deps: TellDeps, job: Job): Promise<GroupPlace> {
  const { calls, topics } = deps
  const { chat, view, before, toldId, signal } = job
  const { number } = view.ticket
  const { chatId } = chat
  const place = before === undefined ? undefined : placeIn(chat, before)
  if (!chat.isForum) return { chatId, replyTo: place }
  if (place === undefined) {
    await turn(deps, signal)
    const threadId = await calls.createTopic(chatId, topicName(deps, view.ticket))
    await topics.place(number, { threadId }, toldId)
    return { chatId, threadId }
  }
  if (before?.closed === true) {
    await calls.reopenTopic(chatId, place)
    await topics.setClosed(number, false)
  }
  return { chatId, threadId: place }
}

/** Closes the topic of a ticket that is over, and opens that of one that goes on. */
async function shutTopic(
  { calls, topics }: TellDeps,
  { chatId, isForum }: GroupChat,
  { ticket }: TicketView,
): Promise<boolean> {
  const topic = await topics.find(ticket.number)
  const isOver = ticket.state === 'closed' || ticket.state === 'merged'
  if (!isForum || topic?.threadId === undefined || topic.closed === isOver) return false
  if (isOver) await calls.closeTopic(chatId, topic.threadId)
  else await calls.reopenTopic(chatId, topic.threadId)
  await topics.setClosed(ticket.number, isOver)
  return true
}

interface Job {
  readonly chat: GroupChat
  readonly view: TicketView
  readonly before: TicketTopic | undefined
  readonly toldId: bigint
  readonly batch: Batch
  readonly signal: AbortSignal
}

/** The topic, or the message to reply to, that the ticket has in a group as it is now. */
function placeIn({ isForum }: GroupChat, { threadId, headId }: TicketTopic): number | undefined {
  if (isForum) return threadId
  // A first message inside a topic is of no use once the group has none.
  return threadId === undefined ? headId : undefined
}

async function turn({ pace }: TellDeps, signal: AbortSignal): Promise<void> {
  if (!(await pace.turn('news', signal))) throw new Stopped()
}

async function postMedia(
  deps: TellDeps,
  { view, batch, signal }: Job,
  place: GroupPlace,
  prefix: string,
): Promise<readonly number[]> {
  const { calls, desk, viewer, texts } = deps
  const posted: number[] = []
  for (const [at, mediaId] of batch.media.entries()) {
    const file = await desk.media(viewer, view.ticket.number, mediaId)
    const say = (text: string) => `${prefix}${fill(text, { index: at + 1, count: batch.media.length })}`
    await turn(deps, signal)
    posted.push(
      file === undefined
        ? await calls.post(place, say(texts.entries.photo_gone))
        : await postOr(
            () => calls.postFile(place, plainFile(file), say(texts.entries.photo)),
            () => calls.post(place, say(texts.entries.photo_refused)),
          ),
    )
  }
  return posted
}

/** The bytes as an upload takes them. */
function plainFile({ mime, bytes, name }: { mime: string; bytes: Uint8Array; name: string | undefined }) {
  return { mime, bytes: new Uint8Array(bytes), ...(name !== undefined && { name }) }
}

async function postOr(post: () => Promise<number>, instead: () => Promise<number>): Promise<number> {
  try {
    return await post()
  } catch (error) {
    if (error instanceof GroupError && error.kind === 'refused') return instead()
    throw error
  }
}
