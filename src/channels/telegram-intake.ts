import type { IncomingMessage } from './channel.ts'
import type { BotApi } from './telegram-connection.ts'
import { fetchFile, type TelegramMedia } from './telegram-files.ts'
import { readUpdate } from './telegram-message.ts'
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

/** Prepares to take updates of one bot in. */
export function createIntake(deps: { bot: BotApi; media: TelegramMedia; now: () => Date }): Intake {
  const { bot, media, now } = deps
  const underWay = new Set<Promise<unknown>>()

  function track(work: Promise<void>): Promise<void> {
    underWay.add(work)
    const end = (): void => {
      underWay.delete(work)
    }
    work.then(end, end)
    return work
  }

  async function take(update: TelegramUpdate, receive: Receive): Promise<void> {
    const arrival = readUpdate(update, bot.account, now())
    if (arrival === undefined) return
    const { callbackQueryId, content, ...rest } = arrival
    if (callbackQueryId !== undefined) void track(stopSpinning(bot, callbackQueryId))
    const isHere = content.type !== 'file'
    const files = {
      api: bot.api,
      fileRoot: bot.fileRoot,
      media,
      timeoutMilliseconds: bot.callTimeout * 1_000,
    }
    await receive({ ...rest, content: isHere ? content : await fetchFile(files, content) })
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
