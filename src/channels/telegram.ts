import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type {
  Address,
  BulkChannel,
  DeletingChannel,
  ForecastingChannel,
  OutgoingMessage,
  PostingChannel,
  Receipt,
} from './channel.ts'
import {
  type BotApi,
  type BotApiOptions,
  type Introduction,
  introduceBot,
  openBotApi,
} from './telegram-connection.ts'
import { describeFailure, retryAfterOf, toSendError } from './telegram-failure.ts'
import type { TelegramMedia } from './telegram-files.ts'
import { createIntake, type Receive } from './telegram-intake.ts'
import { messageIdOf } from './telegram-message.ts'
import {
  broadcastsAtOnce,
  createTelegramPace,
  type TelegramPaceDeps,
  telegramForecast,
} from './telegram-pace.ts'
import { planMessage } from './telegram-parts.ts'
import { pollCalls } from './telegram-poll-calls.ts'
import { backOff, pollUpdates } from './telegram-polling.ts'
import { type Destination, sendParts } from './telegram-send.ts'
import { createGroupCalls, type GroupCalls } from './telegram-staff.ts'
import type { GroupWatch } from './telegram-staff-message.ts'
import type { TelegramUpdate } from './telegram-update.ts'
import { createUploads } from './telegram-uploads.ts'
import { answerWebhook } from './telegram-webhook.ts'

/** What the Telegram channel needs. Everything optional has a default for the real Telegram. */
export interface TelegramDeps extends BotApiOptions, Introduction {
  readonly media: TelegramMedia
  readonly log: Logger
  /** Messages in a second, in all: 30, which is what Telegram allows a bot that has no leave for more. */
  readonly perSecond?: number | undefined
  /** By which sends are paced. */
  readonly paceClock?: Pick<TelegramPaceDeps, 'now' | 'pause'>
  /** Called once when Telegram stops serving this bot: a wrong token, or another process in its place. */
  onFatal?(reason: Error): void
  /** Milliseconds. */
  now?(): number
  pause?(milliseconds: number, signal: AbortSignal): Promise<void>
  /** From 0 to 1. */
  random?(): number
}

/** Telegram as a channel, with what only it can do. */
export interface TelegramChannel extends DeletingChannel, BulkChannel, PostingChannel, ForecastingChannel {
  readonly name: 'telegram'
  /** Answers what Telegram posts to the webhook; 503 while the channel does not run. */
  handleWebhook(request: Request): Promise<Response>
  /** Shows for some seconds that an answer is being written. Never rejects. */
  showTyping(to: Address): Promise<void>
  /** What the bot does in groups. */
  readonly groups: GroupCalls
  /** From now on what is written in groups goes to `watch`; until then it is passed over. */
  watchGroups(watch: GroupWatch): void
}

const usualPerSecond = 30

interface Run {
  readonly receive: Receive
  readonly stop: AbortController
  readonly done: Promise<void>
}

/**
 * Makes the channel of the bot that `token` names. `start` rejects when Telegram refuses the token; when Telegram
 * cannot be reached it resolves and goes on trying.
 */
export function createTelegramChannel(deps: TelegramDeps): TelegramChannel {
  const bot = openBotApi(deps)
  const { perSecond = usualPerSecond } = deps
  const clock = deps.paceClock ?? { now: () => performance.now(), pause: waitQuietly }
  const pace = createTelegramPace({ perSecond, ...clock, retryAfterOf })
  const sendDeps = { api: bot.api, media: deps.media, pace, uploads: createUploads() }
  let username: string | undefined
  let watch: GroupWatch | undefined
  const intake = createIntake({
    bot,
    media: deps.media,
    now: () => new Date((deps.now ?? Date.now)()),
    watch: () => watch,
    username: () => username,
  })
  const introduction: Introduction = {
    ...deps,
    onName(name) {
      username = name
      deps.onName?.(name)
    },
  }
  let run: Run | undefined

  async function deliver(message: OutgoingMessage, to: Destination): Promise<Receipt> {
    return { externalId: `m${await sendParts(sendDeps, to, planMessage(message))}` }
  }

  return {
    name: 'telegram',
    account: bot.account,
    bulk: { atOnce: broadcastsAtOnce(perSecond) },
    forecast: async () => telegramForecast(perSecond),
    async start(receive) {
      if (run !== undefined) throw new Error('the telegram channel runs already')
      const isConnected = await introduceBot(bot.api, introduction, deps.log)
      pace.resume()
      const stop = new AbortController()
      const take = (update: TelegramUpdate) => intake.take(update, receive)
      run = { receive, stop, done: live({ ...deps, ...introduction }, bot, take, isConnected, stop.signal) }
    },
    async stop() {
      const ending = run
      run = undefined
      pace.stop()
      ending?.stop.abort()
      await ending?.done
      await intake.idle()
    },
    send: (to, message, _id, sending) =>
      deliver(message, { chat: Number(to.id), purpose: sending?.purpose ?? 'reply', previews: false }),
    // Without buttons: they would come back from a channel where the bot talks to nobody. A link may be opened by all who read it.
    post: (place, message, { purpose }) =>
      deliver({ ...message, options: [] }, { chat: place, purpose, previews: true }),
    deleteIncoming: (from, externalId) => deleteIncoming(deps.log, bot, from, externalId),
    async handleWebhook(request) {
      const receive = run?.receive
      if (deps.webhook === undefined) return new Response(null, { status: 404 })
      if (receive === undefined) return new Response(null, { status: 503 })
      const { secret } = deps.webhook
      return answerWebhook(
        { secret, log: deps.log, receive: (update) => intake.take(update, receive) },
        request,
      )
    },
    async showTyping(to) {
      await bot.api.sendChatAction(Number(to.id), 'typing').catch(() => undefined)
    },
    groups: createGroupCalls(bot.api, pace),
    watchGroups(next) {
      watch = next
    },
  }
}

/** Connects if that is still to be done, then polls if there is no webhook, until `signal` is aborted. */
async function live(
  deps: TelegramDeps,
  bot: BotApi,
  take: (update: TelegramUpdate) => Promise<void>,
  isConnected: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { log, pause = waitQuietly, random = Math.random } = deps
  const onFatal = (reason: Error) => {
    log.error({ err: reason }, 'telegram stopped')
    deps.onFatal?.(reason)
  }
  try {
    for (let failures = 1; !isConnected && !signal.aborted; failures += 1) {
      await pause(backOff(failures, undefined, random()), signal)
      if (!signal.aborted) isConnected = await introduceBot(bot.api, deps, log)
    }
  } catch (error) {
    onFatal(describeFailure(error))
    return
  }
  if (deps.webhook !== undefined || signal.aborted) return
  await pollUpdates({ ...pollCalls(bot, log), receive: take, pause, random, onFatal, log }, signal)
}

async function deleteIncoming(
  log: Logger,
  { api }: BotApi,
  from: Address,
  externalId: string,
): Promise<void> {
  const messageId = messageIdOf(externalId)
  if (messageId === undefined) return
  try {
    await api.deleteMessage(Number(from.id), messageId)
  } catch (error) {
    const failure = toSendError(error)
    // Gone already, or older than the two days in which a bot may delete.
    if (failure.kind !== 'refused') throw failure
    log.info({ err: failure.cause }, 'a telegram message was not deleted')
  }
}

function waitQuietly(milliseconds: number, signal: AbortSignal): Promise<void> {
  return wait(milliseconds, undefined, { signal }).catch(() => undefined)
}
