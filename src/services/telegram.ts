import { parse } from 'yaml'
import { z } from 'zod'
import type { App } from '../app.ts'
import { telegramRoot } from '../app-chat-links.ts'
import { contentOf } from '../app-words.ts'
import { createTelegramChannel, type TelegramChannel } from '../channels/telegram.ts'
import { takeAdvisoryLock } from '../storage/advisory-lock.ts'
import { type AccountOwner, ownAccount } from './account-owner.ts'
import type { Part } from './part.ts'
import { startPublicPosts } from './public-posts.ts'
import { attachChannel, runChannel } from './run-channel.ts'

const telegramTexts = z.object({
  commands: z.array(z.object({ command: z.string(), description: z.string() })),
})

/** The Telegram channel of the configured bot; undefined when there is none. */
export function createTelegram(app: App, fail: (reason: Error) => void): TelegramChannel | undefined {
  const { config, media, log } = app
  if (config.telegram === undefined) return undefined
  const { token, apiRoot, webhookSecret, perSecond } = config.telegram
  return createTelegramChannel({
    token,
    apiRoot,
    perSecond,
    webhook:
      webhookSecret === undefined
        ? undefined
        : { url: `${config.publicUrl}/telegram/webhook`, secret: webhookSecret },
    commands: telegramTexts.parse(parse(contentOf(app.texts, 'telegram'))).commands,
    media,
    log,
    onFatal: fail,
    onName(name) {
      app.addresses[1] = `${telegramRoot}${name}`
    },
  })
}

/**
 * One process sends for the bot account and, when it polls, receives for it; others stand by and take over when it is gone.
 * By webhook any process with web pages receives: Telegram reaches whichever it is given.
 */
export async function startTelegram(
  app: App,
  telegram: TelegramChannel | undefined,
  does: { readonly receivesByWebhook: boolean; readonly sends: boolean },
): Promise<Part> {
  if (telegram === undefined) {
    const how = 'Telegram is off: set TELEGRAM_TOKEN to the token that @BotFather gives, and start again.'
    return { greeting: [how], stop: async () => undefined }
  }
  const byWebhook = app.config.telegram?.webhookSecret !== undefined
  const receives = byWebhook && does.receivesByWebhook
  if (receives) await telegram.start(app.conversation.receive)
  const owner = does.sends ? await ownTelegram(app, telegram, byWebhook) : undefined
  return {
    greeting: ['Telegram: on.'],
    async stop() {
      if (receives) await telegram.stop()
      await owner?.stop()
    },
  }
}

function ownTelegram(app: App, telegram: TelegramChannel, byWebhook: boolean): Promise<AccountOwner> {
  const { name, account } = telegram
  return ownAccount({
    take: () => takeAdvisoryLock(app.storage.database.url, `${name}:${account}`),
    async serve() {
      const leave = byWebhook ? attachChannel(app, telegram) : await runChannel(app, telegram)
      const endPosts = startPublicPosts(app, telegram, 'telegram')
      return {
        async leave() {
          await endPosts()
          await leave()
        },
      }
    },
    log: app.log.child({ channel: name }),
  })
}
