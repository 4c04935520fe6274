import type { GroupAuthor, GroupMessage, GroupNews, GroupWatch } from '../channels/telegram-staff-message.ts'
import type { Done, TicketDesk } from '../inquiry/ticket-desk.ts'
import type { Logger } from '../log.ts'
import type { Officer } from '../staff/officer.ts'
import type { TicketTopics } from '../storage/ticket-topics.ts'
import type { GroupAnswers } from './staff-group-answers.ts'
import { type Deed, readDeed } from './staff-group-deed.ts'
import { entryLine, type LineDeps } from './staff-group-lines.ts'
import { fill } from './staff-group-texts.ts'

/** What listening to the group needs. */
export interface ListenerDeps extends LineDeps {
  readonly desk: Pick<
    TicketDesk,
    'read' | 'answer' | 'note' | 'claim' | 'release' | 'askSolved' | 'close' | 'reopen' | 'handBack'
  >
  readonly topics: TicketTopics
  readonly answers: GroupAnswers
  /** The group's chat id as it is configured. */
  readonly group: number
  /** Who somebody in the group is at the desk. */
  officerOf(author: GroupAuthor): Officer
  readonly now: () => Date
  readonly log: Logger
}

/** How often a message is tried before its writer is told that it could not be dealt with: for about half a minute. */
const mostTries = 8

/** Does what is written in the group. What it does not understand reaches nobody. */
export function createGroupListener(deps: ListenerDeps): GroupWatch {
  const { topics, log, answers, texts } = deps
  const failures = new Map<number, number>()
  let lastAlbum: string | undefined

  async function hear(message: GroupMessage): Promise<void> {
    const number = await findTicket(deps, message)
    const reading = readDeed(texts, message)
    // Help is given everywhere; all else outside of tickets is talk among colleagues.
    if (reading.type === 'help' && !message.isEdit) return answers.say(placeOf(message), helpOf(deps))
    if (number === undefined) return hearElsewhere(message)
    if (message.isEdit) return hearEdit(number, message)
    if ((await topics.line(message.messageId)) !== undefined)
      return answers.accept(placeOf(message), texts.done.other)
    if (message.author.type === 'channel') return say(deps, message, number, texts.other.channel)
    if (reading.type === 'refused') return say(deps, message, number, reading.text)
    if (reading.type === 'only_text') return refuseFile(message, number, reading.album)
    if (reading.type !== 'help') await doDeed(deps, number, message, reading)
  }

  /** In a topic that the bot made and does not know any more, nobody must believe that a resident was answered. */
  function hearElsewhere({ topic, repliesTo, isEdit, ...rest }: GroupMessage): void {
    if (topic === undefined || repliesTo?.messageId !== topic || isEdit) return
    answers.say(placeOf({ topic, repliesTo, isEdit, ...rest }), texts.other.unknown_topic)
  }

  async function hearEdit(number: number, message: GroupMessage): Promise<void> {
    const isFirst = await topics.noteEdit(message.messageId, number, deps.now())
    if (isFirst) say(deps, message, number, texts.other.edited)
  }

  /** The files of one album come as so many messages. */
  function refuseFile(message: GroupMessage, number: number, album: string | undefined): void {
    if (album !== undefined && album === lastAlbum) return
    lastAlbum = album
    say(deps, message, number, texts.other.only_text)
  }

  /** One message that cannot be dealt with must not hold up everybody else's. */
  async function hearPatiently(message: GroupMessage): Promise<void> {
    try {
      await hear(message)
      failures.delete(message.messageId)
    } catch (error) {
      const tries = (failures.get(message.messageId) ?? 0) + 1
      failures.set(message.messageId, tries)
      if (tries < mostTries) throw error
      failures.delete(message.messageId)
      log.error({ err: error }, 'a message of the staff group was given up')
      answers.say(placeOf(message), texts.other.failed)
    }
  }

  return {
    isWatched: async (chatId) => chatId === deps.group || chatId === (await topics.chatId()),
    async hear(news: GroupNews) {
      if (news.type === 'message') return hearPatiently(news.message)
      if (news.from === (await topics.chatId())) await topics.follow(news.to)
    },
  }
}

/** Where the answer to a message goes: right under it. */
function placeOf({ chatId, topic, messageId }: GroupMessage) {
  return { chatId, threadId: topic, replyTo: messageId }
}

function helpOf({ texts }: ListenerDeps): string {
  return fill(texts.help, { reasons: Object.keys(texts.close_reasons).join(', ') })
}

/** The ticket that a message is about: by its topic, or by the bot's message that it replies to. */
async function findTicket(
  deps: ListenerDeps,
  { topic, repliesTo }: GroupMessage,
): Promise<number | undefined> {
  if (topic !== undefined) return deps.topics.numberOf(topic)
  if (repliesTo === undefined) return undefined
  const line = await deps.topics.line(repliesTo.messageId)
  // The bot may have stopped between posting and remembering; its own messages begin with the ticket's number.
  const written = /^#(\d{1,9}) /.exec(repliesTo.text)?.[1]
  return line?.number ?? (written === undefined ? undefined : Number(written))
}

async function doDeed(deps: ListenerDeps, number: number, message: GroupMessage, deed: Deed): Promise<void> {
  const { topics, answers, texts } = deps
  const officer = deps.officerOf(message.author)
  const seen = await topics.seenBefore(number, message.messageId)
  const key = `${message.chatId}:${message.messageId}`
  const done = await carryOut(deps.desk, officer, number, deed, { seen, key })
  if (done.type !== 'done') return refuse(deps, number, message, { done, officer, seen })
  const entryId = deed.type === 'answer' ? await lastOwnEntry(deps, officer, number) : undefined
  await topics.note(message.messageId, { number, entryId }, deps.now())
  const words = deed.type === 'answer' || deed.type === 'note' ? texts.done[deed.type] : texts.done.other
  answers.accept(placeOf(message), words)
}

function carryOut(
  desk: ListenerDeps['desk'],
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

/** What the officer has just written is read by then: the next message of theirs is not too early. */
async function lastOwnEntry(
  { desk }: ListenerDeps,
  officer: Officer,
  number: number,
): Promise<bigint | undefined> {
  const view = await desk.read(officer, number)
  return view?.entries.findLast(({ type, by }) => type === 'officer' && by === officer.name)?.id
}

async function refuse(
  deps: ListenerDeps,
  number: number,
  message: GroupMessage,
  { done, officer, seen }: { done: Exclude<Done, { type: 'done' }>; officer: Officer; seen: bigint },
): Promise<void> {
  const { refused } = deps.texts
  if (done.type === 'unreadable') return say(deps, message, number, refused[done.why])
  if (done.type === 'held') return say(deps, message, number, fill(refused.held, { name: done.by }))
  if (done.type !== 'moved') return say(deps, message, number, refused[done.type])
  const view = await deps.desk.read(officer, number)
  const news = view?.entries.filter(({ id, type }) => id > seen && type !== 'event') ?? []
  const entryId = news.at(-1)?.id
  if (entryId === undefined) return say(deps, message, number, refused.moved_unseen)
  const shown = news.map((entry) => entryLine(deps, entry)).join('\n\n')
  const text = fill(refused.moved, { news: shown.slice(0, mostNews) })
  say(deps, message, number, text, (messageId) =>
    deps.topics.note(messageId, { number, entryId }, deps.now()),
  )
}

const mostNews = 3_000

/** In a group without topics every message of the bot about a ticket begins with its number, so that one can reply to it. */
function say(
  { texts, answers }: ListenerDeps,
  message: GroupMessage,
  number: number,
  text: string,
  then?: (messageId: number) => Promise<void>,
): void {
  const prefix = message.topic === undefined ? fill(texts.prefix, { number }) : ''
  answers.say(placeOf(message), `${prefix}${text}`, then)
}
