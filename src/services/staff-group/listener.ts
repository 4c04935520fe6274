import type { GroupMessage, GroupNews, GroupWatch } from '../../channels/telegram-staff-message.ts'
import { fill } from '../../language/fill-text.ts'
import type { Logger } from '../../log.ts'
import { readDeed } from './deed.ts'
import { type DoDeps, doDeed, placeOf, say } from './do.ts'

/** What listening to the group needs. */
export interface ListenerDeps extends DoDeps {
  /** The group's chat id as it is configured. */
  readonly group: number
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
    if (number === undefined) return hearElsewhere(deps, message)
    if (message.isEdit) return hearEdit(deps, number, message)
    if ((await topics.line(message.messageId)) !== undefined)
      return answers.accept(placeOf(message), texts.done.other)
    const { author } = message
    // Behind either could be anybody: two people must not answer as one.
    if (author.type !== 'member') return say(deps, message, number, texts.other[author.type])
    if (reading.type === 'refused') return say(deps, message, number, reading.text)
    if (reading.type === 'only_text') return refuseFile(message, number, reading.album)
    if (reading.type !== 'help') await doDeed(deps, number, { ...message, author }, reading)
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

/** In a topic that the bot made and does not know any more, nobody must believe that a resident was answered. */
function hearElsewhere({ answers, texts }: ListenerDeps, message: GroupMessage): void {
  const { topic, repliesTo, isEdit } = message
  if (topic === undefined || repliesTo?.messageId !== topic || isEdit) return
  answers.say(placeOf(message), texts.other.unknown_topic)
}

async function hearEdit(deps: ListenerDeps, number: number, message: GroupMessage): Promise<void> {
  const isFirst = await deps.topics.noteEdit(message.messageId, number, deps.now())
  if (isFirst) say(deps, message, number, deps.texts.other.edited)
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
