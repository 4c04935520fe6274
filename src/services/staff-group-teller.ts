import type { GroupCalls, GroupPlace } from '../channels/telegram-staff.ts'
import { GroupError } from '../channels/telegram-staff-failure.ts'
import type { TicketEntry } from '../inquiry/ticket.ts'
import type { TicketDesk, TicketView } from '../inquiry/ticket-desk.ts'
import { fill } from '../language/fill-text.ts'
import type { Officer } from '../staff/officer.ts'
import type { TicketTopic, TicketTopics } from '../storage/ticket-topics.ts'
import type { GroupPace } from './group-pace.ts'
import { type Batch, gatherBatch, replaceEntry, toldBefore, toMessages } from './staff-group-batch.ts'
import { headLines, type LineDeps, topicName } from './staff-group-lines.ts'

/** What telling tickets to the group needs. */
export interface TellerDeps extends LineDeps {
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

/** Tells the group what is new. */
export interface Teller {
  /**
   * Tells the next message of one ticket, with what is attached to it, and remembers how far it was told. `nothing`: there was
   * nothing to tell. `unknown`: there is no such ticket. `stopped`: the signal was aborted. Rejects with a GroupError;
   * `isPlain`: in place of the entry it is said that there is one.
   */
  tell(
    number: number,
    signal: AbortSignal,
    isPlain: boolean,
  ): Promise<'told' | 'nothing' | 'unknown' | 'stopped'>
  /** Asks Telegram about the group again before it is posted to. */
  forgetGroup(): void
}

interface Chat {
  readonly chatId: number
  readonly isForum: boolean
  /** Milliseconds. */
  readonly askedAt: number
}

const askAgainMs = 10 * 60_000

class Stopped extends Error {
  override readonly name = 'Stopped'
}

/** Makes it. One ticket at a time: whoever calls waits for the call before. */
export function createTeller(deps: TellerDeps): Teller {
  const { topics, calls, desk, viewer, now } = deps
  let known: Chat | undefined

  async function groupNow(): Promise<Chat> {
    const at = now().getTime()
    if (known !== undefined && at - known.askedAt < askAgainMs) return known
    const chatId = await topics.chatId()
    known = { chatId, askedAt: at, ...(await calls.describe(chatId)) }
    return known
  }

  async function tellTicket(
    view: TicketView,
    signal: AbortSignal,
    isPlain: boolean,
  ): Promise<'told' | 'nothing'> {
    const chat = await groupNow()
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
    if (fresh.length > 0 || !hasHead) await tellBatch({ chat, view, before, toldId, batch, signal })
    const isAll = fresh.at(-1)?.id === batch.upTo || fresh.length === 0
    const isShut = isAll && (await shutTopic(chat, view))
    return fresh.length > 0 || isShut ? 'told' : 'nothing'
  }

  async function tellBatch(job: Job): Promise<void> {
    const { chat, view, before, toldId, batch, signal } = job
    const { number } = view.ticket
    const messageIds: number[] = []
    if (batch.text !== '') {
      const place = await openPlace(job)
      const prefix = chat.isForum ? '' : fill(deps.texts.prefix, { number })
      let replyTo = place.replyTo
      for (const text of toMessages(batch.text, prefix)) {
        await turn(deps, signal)
        const messageId = await calls.post({ ...place, replyTo }, text)
        if (!chat.isForum) replyTo ??= messageId
        messageIds.push(messageId)
      }
      messageIds.push(...(await postMedia(deps, job, { ...place, replyTo }, prefix)))
      const isHeaded = before?.headId !== undefined && placeIn(chat, before) !== undefined
      if (!isHeaded) await topics.place(number, { threadId: place.threadId, headId: messageIds[0] }, toldId)
    }
    if (batch.upTo !== undefined) await topics.told(number, batch.upTo, messageIds, now())
  }

  /** Where the ticket is told: in its topic, which is made or opened again for it, or under its first message. */
  async function openPlace({ chat, view, before, toldId, signal }: Job): Promise<GroupPlace> {
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
  async function shutTopic({ chatId, isForum }: Chat, { ticket }: TicketView): Promise<boolean> {
    const topic = await topics.find(ticket.number)
    const isOver = ticket.state === 'closed' || ticket.state === 'merged'
    if (!isForum || topic?.threadId === undefined || topic.closed === isOver) return false
    if (isOver) await calls.closeTopic(chatId, topic.threadId)
    else await calls.reopenTopic(chatId, topic.threadId)
    await topics.setClosed(ticket.number, isOver)
    return true
  }

  return {
    async tell(number, signal, isPlain) {
      try {
        const view = await desk.read(viewer, number)
        return view === undefined ? 'unknown' : await tellTicket(view, signal, isPlain)
      } catch (error) {
        if (error instanceof Stopped) return 'stopped'
        throw error
      }
    },
    forgetGroup() {
      known = undefined
    },
  }
}

interface Job {
  readonly chat: Chat
  readonly view: TicketView
  readonly before: TicketTopic | undefined
  readonly toldId: bigint
  readonly batch: Batch
  readonly signal: AbortSignal
}

/** The topic, or the message to reply to, that the ticket has in a group as it is now. */
function placeIn({ isForum }: Chat, { threadId, headId }: TicketTopic): number | undefined {
  if (isForum) return threadId
  // A first message inside a topic is of no use once the group has none.
  return threadId === undefined ? headId : undefined
}

async function turn({ pace }: TellerDeps, signal: AbortSignal): Promise<void> {
  if (!(await pace.turn('news', signal))) throw new Stopped()
}

async function postMedia(
  deps: TellerDeps,
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
