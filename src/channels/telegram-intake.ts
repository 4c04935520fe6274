import type { Address, IncomingContent, IncomingMessage } from './channel.ts'
import type { BotApi } from './telegram-connection.ts'
import { downloadFile, type TelegramMedia } from './telegram-files.ts'
import { type RemoteFile, readUpdate } from './telegram-message.ts'
import { type GroupWatch, groupOf, readGroupUpdate } from './telegram-staff-message.ts'
import type { TelegramUpdate } from './telegram-update.ts'

/** Where messages go; resolves once a message is durable. */
export type Receive = (message: IncomingMessage) => Promise<void>

/** Takes updates in, and knows which are under way. */
export interface Intake {
  /** Hands over what the update says, with its file fetched. Resolves once that is durable. */
  take(update: TelegramUpdate, receive: Receive): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

/** How often a file is asked for before the person is told that it did not arrive. */
const maximumTries = 3

/** Prepares to take updates of one bot in. */
export function createIntake(deps: {
  bot: BotApi
  media: TelegramMedia
  now: () => Date
  /** Whoever listens to groups; without one they are passed over. */
  watch: () => GroupWatch | undefined
  /** The bot's own, once it is known. */
  username: () => string | undefined
}): Intake {
  const { bot, media, now } = deps
  const underWay = new Set<Promise<unknown>>()
  const failedDownloads = new Map<string, number>()

  function track(work: Promise<void>): Promise<void> {
    underWay.add(work)
    const end = (): void => {
      underWay.delete(work)
    }
    work.then(end, end)
    return work
  }

  async function take(update: TelegramUpdate, receive: Receive): Promise<void> {
    const group = groupOf(update)
    if (group !== undefined) return takeFromGroup(update, group)
    const arrival = readUpdate(update, bot.account, now())
    if (arrival === undefined) return
    const { callbackQueryId, content, ...rest } = arrival
    if (callbackQueryId !== undefined) void track(stopSpinning(bot, callbackQueryId))
    const isFile = content.type === 'file'
    await receive({ ...rest, content: isFile ? await fetchFile(content, rest.from) : content })
  }

  /** What is written in a group never goes the way of a resident's message. */
  async function takeFromGroup(update: TelegramUpdate, chatId: number): Promise<void> {
    const watch = deps.watch()
    if (watch === undefined || !(await watch.isWatched(chatId))) return
    const news = readGroupUpdate(update, { account: bot.account, username: deps.username() })
    if (news !== undefined) await watch.hear(news)
  }

  async function fetchFile(wanted: RemoteFile, owner: Address): Promise<IncomingContent> {
    const file = await downloadPatiently(wanted)
    if (typeof file === 'string') return { type: 'unreadable', what: file }
    const saved = await media.save(file, owner)
    if (saved === 'too_much') return { type: 'unreadable', what: 'too_large' }
    return { type: 'media', media: saved, caption: wanted.caption }
  }

  /** Gives a file up after some tries, lest the person get no answer at all. */
  async function downloadPatiently(wanted: RemoteFile) {
    try {
      const file = await downloadFile(bot, wanted)
      failedDownloads.delete(wanted.fileId)
      return file
    } catch (error) {
      const failures = (failedDownloads.get(wanted.fileId) ?? 0) + 1
      failedDownloads.set(wanted.fileId, failures)
      if (failures < maximumTries) throw error
      failedDownloads.delete(wanted.fileId)
      return 'other' as const
    }
  }

  return {
    take: (update, receive) => track(take(update, receive)),
    async idle() {
      await Promise.allSettled(underWay)
    },
  }
}

async function stopSpinning({ api }: BotApi, callbackQueryId: string): Promise<void> {
  try {
    await api.answerCallbackQuery(callbackQueryId)
  } catch {
    // A button pressed long ago can no longer be answered, and need not be.
  }
}
