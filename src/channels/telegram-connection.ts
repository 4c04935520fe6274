import { Api } from 'grammy'
import type { Logger } from 'pino'
import { describeFailure, fatalReason, TelegramFailure } from './telegram-failure.ts'
import { readUpdateTypes } from './telegram-update.ts'

/** Where the Bot API is and how long its calls may take (seconds). */
export interface BotApiOptions {
  readonly token: string
  readonly apiRoot?: string | undefined
  readonly callTimeout?: number
  readonly pollTimeout?: number
}

/** The two ways to a bot's API: `api` for calls that answer soon, `poller` for the long poll. */
export interface BotApi {
  /** The bot's id, which the token begins with. */
  readonly account: string
  readonly api: Api
  readonly poller: Api
  /** The address that file paths are appended to. It holds the token, so it must never be told. */
  readonly fileRoot: string
  readonly callTimeout: number
  readonly pollTimeout: number
}

/** How a bot introduces itself: its menu, and the webhook if it has one. */
export interface Introduction {
  readonly commands: readonly { readonly command: string; readonly description: string }[]
  readonly webhook?: { readonly url: string; readonly secret: string } | undefined
  /** Told the bot's username each time Telegram tells it. */
  onName?(username: string): void
}

/** Prepares calls to the bot's API; throws when the token cannot be one. */
export function openBotApi(options: BotApiOptions): BotApi {
  const { token, apiRoot = 'https://api.telegram.org', callTimeout = 30, pollTimeout = 30 } = options
  const account = /^(\d+):[A-Za-z0-9_-]+$/.exec(token)?.[1]
  if (account === undefined) throw new TelegramFailure('the bot token is malformed: check TELEGRAM_TOKEN')
  return {
    account,
    api: new Api(token, { apiRoot, timeoutSeconds: callTimeout }),
    poller: new Api(token, { apiRoot, timeoutSeconds: callTimeout + pollTimeout }),
    fileRoot: `${apiRoot}/file/bot${token}`,
    callTimeout,
    pollTimeout,
  }
}

/** Tries once to introduce the bot; false when that failed for now. Rejects when Telegram refuses the token. */
export async function introduceBot(
  api: Api,
  { commands, webhook, onName }: Introduction,
  log: Logger,
): Promise<boolean> {
  try {
    // Asked whoever listens: it is how a refused token is noticed.
    const { username } = await api.getMe()
    onName?.(username)
    await api.setMyCommands([...commands]).catch((error: unknown) => {
      log.warn({ err: describeFailure(error) }, 'telegram did not take the commands')
    })
    if (webhook === undefined) await api.deleteWebhook()
    else {
      await api.setWebhook(webhook.url, {
        secret_token: webhook.secret,
        allowed_updates: [...readUpdateTypes],
      })
    }
    return true
  } catch (error) {
    const reason = fatalReason(error)
    if (reason !== undefined) throw reason
    log.warn({ err: describeFailure(error) }, 'telegram is not reachable')
    return false
  }
}
