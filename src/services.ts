import type { Hono } from 'hono'
import { parse } from 'yaml'
import { z } from 'zod'
import { type AccountOwner, ownAccount } from './account-owner.ts'
import { type App, contentOf } from './app.ts'
import { purgeChecks } from './assistance/store-purge.ts'
import { findAssistanceTexts } from './assistance/texts.ts'
import type { Channel } from './channels/channel.ts'
import { createTelegramChannel, type TelegramChannel } from './channels/telegram.ts'
import { createWebChatChannel } from './channels/webchat.ts'
import { purgeConversations } from './conversation/purge.ts'
import { type Job, openJobQueue } from './jobs/queue.ts'
import { startSchedule } from './jobs/schedule.ts'
import type { Logger } from './log.ts'
import { takeAdvisoryLock } from './storage/advisory-lock.ts'
import { createCheckPages } from './web/check/check-pages.ts'
import { createPages, type Pages } from './web/pages.ts'
import { createWebServer } from './web/web-server.ts'

/** What a process does: everything, or one part of it beside others. */
export const roles = ['all', 'web', 'worker', 'channels'] as const
export type Role = (typeof roles)[number]

/** What a running process offers. */
export interface Services {
  /** Lines that tell a person where to go. */
  readonly greeting: readonly string[]
  /** Rejects when a part that the process lives for has failed for good. */
  readonly failed: Promise<never>
  stop(): Promise<void>
}

interface Part {
  readonly greeting?: readonly string[]
  stop(): Promise<void>
}

const sweepMs = 2_000
const databasePatienceMs = 5 * 60_000

/** Starts the parts of the role. Throws when one cannot start; what had started is stopped again. */
export async function startServices(app: App, role: Role): Promise<Services> {
  const failure = Promise.withResolvers<never>()
  // A failure is waited for by whoever runs the services; until then it must not count as unhandled.
  failure.promise.catch(() => undefined)
  const has = (...names: Role[]) => role === 'all' || names.includes(role)
  const parts: Part[] = []
  try {
    parts.push(await startDelivery(app, failure.reject))
    const telegram = app.config.telegram === undefined ? undefined : telegramOf(app, failure.reject)
    if (has('web')) parts.push(await startWeb(app, telegram))
    if (has('web', 'channels')) parts.push(await startTelegram(app, role, telegram))
    parts.push(await startJobs(app, has('worker')))
  } catch (error) {
    await stopAll(parts, app.log)
    throw error
  }
  return {
    greeting: parts.flatMap((part) => part.greeting ?? []),
    failed: failure.promise,
    stop: () => stopAll(parts, app.log),
  }
}

/** Stops the parts, last first. A part that fails to stop does not keep the others from it. */
async function stopAll(parts: readonly Part[], log: Logger): Promise<void> {
  for (const part of parts.toReversed()) {
    await part.stop().catch((error) => log.error({ err: error }, 'a part did not stop in order'))
  }
}

/** Sends what other processes put out for channels of this one, and sweeps up what a crash left. */
async function startDelivery(app: App, fail: (reason: Error) => void): Promise<Part> {
  const { signals, conversation, log } = app
  const report = (error: unknown) => log.error({ err: error }, 'the outbox could not be looked through')
  const wake = (chatId: string) =>
    /^\d+$/.test(chatId) ? conversation.wake(BigInt(chatId)) : Promise.resolve()
  await signals.on('outbox', (chatId) => void wake(chatId).catch(report))
  await signals.on('flows', () => void readFlowsAgain(app))
  // The word to read them may have been among those that were lost.
  signals.onGap(() => void readFlowsAgain(app))
  let answeredAt = Date.now()
  let sweeping: Promise<void> | undefined
  const sweep = () => {
    sweeping ??= conversation
      .sweep()
      .then(() => {
        answeredAt = Date.now()
      }, report)
      .finally(() => {
        sweeping = undefined
      })
    if (Date.now() - answeredAt > databasePatienceMs)
      fail(new Error('the database has not answered for five minutes'))
  }
  sweep()
  const timer = setInterval(sweep, sweepMs)
  return {
    async stop() {
      clearInterval(timer)
      await sweeping
      await conversation.idle()
    },
  }
}

async function readFlowsAgain({ reload, log }: App): Promise<void> {
  try {
    await reload()
    log.info('the flows are read again')
  } catch (error) {
    log.error({ err: error }, 'the new flows are broken: the old ones go on')
  }
}

async function startWeb(app: App, telegram: TelegramChannel | undefined): Promise<Part> {
  const { config, log, conversation, media, storage } = app
  const pages = createPages({ words: contentOf(app.texts, 'laman'), demo: config.demo })
  const chat = createWebChatChannel({
    history: conversation.history,
    media,
    page: pages.chatPage,
    texts: pages.texts.chat.refused,
    publicUrl: config.publicUrl,
    log,
    now: () => app.now().getTime(),
  })
  const server = createWebServer({
    ...pages,
    chat: chat.routes,
    checkPages: checkPagesOf(app, pages),
    health: async () => (await storage.database.pool.query('SELECT 1')).rowCount === 1,
    telegramWebhook: telegram?.handleWebhook,
    telegramUrl: () => app.addresses.find((address) => address.startsWith(telegramRoot)),
    publicUrl: config.publicUrl,
    host: config.host,
    log,
  })
  const local = await server.listen(config.port)
  const url = config.publicUrl ?? local
  // The port may have been any free one.
  app.addresses[0] = `${url}/chat`
  const detach = await run(app, chat)
  return {
    greeting: [`Web chat: ${url}/chat`],
    async stop() {
      await detach()
      await server.close()
    },
  }
}

/** The private form: what it answers stays on its page, and the chat hears only that the check was done. */
function checkPagesOf(app: App, { layout }: Pages): Hono {
  const { config, conversation, language, now, statusCheck, storage, texts } = app
  const words = findAssistanceTexts(texts.content)
  return createCheckPages({
    ...statusCheck,
    texts: words.page,
    layout,
    language,
    notifyDone: (transaction, chatId) =>
      conversation.tell(BigInt(chatId), [{ text: words.chat.done }], transaction),
    inTransaction: (work) => storage.database.prisma.$transaction(work),
    publicUrl: config.publicUrl,
    now,
  })
}

/** Starts a channel, so that what comes in is received and what is due goes out. */
async function run(app: App, channel: Channel): Promise<() => Promise<void>> {
  await channel.start(app.conversation.receive)
  const detach = attach(app, channel)
  return async () => {
    await channel.stop()
    await detach()
  }
}

/** From now on this process sends on the channel. */
function attach({ conversation }: App, channel: Channel): () => Promise<void> {
  conversation.attach(channel)
  return async () => {
    try {
      await conversation.idle()
    } finally {
      conversation.detach(channel)
    }
  }
}

const telegramRoot = 'https://t.me/'
const telegramTexts = z.object({
  commands: z.array(z.object({ command: z.string(), description: z.string() })),
})

function telegramOf(app: App, fail: (reason: Error) => void): TelegramChannel | undefined {
  const { config, media, log } = app
  if (config.telegram === undefined) return undefined
  const { token, apiRoot, webhookSecret } = config.telegram
  return createTelegramChannel({
    token,
    apiRoot,
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
async function startTelegram(app: App, role: Role, telegram: TelegramChannel | undefined): Promise<Part> {
  if (telegram === undefined) {
    const how = 'Telegram is off: set TELEGRAM_TOKEN to the token that @BotFather gives, and start again.'
    return { greeting: [how], stop: async () => undefined }
  }
  const byWebhook = app.config.telegram?.webhookSecret !== undefined
  const receives = byWebhook && (role === 'all' || role === 'web')
  if (receives) await telegram.start(app.conversation.receive)
  const sends = role === 'all' || role === 'channels'
  const owner = sends ? await ownTelegram(app, telegram, byWebhook) : undefined
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
    serve: async () => (byWebhook ? attach(app, telegram) : run(app, telegram)),
    log: app.log.child({ channel: name }),
  })
}

async function startJobs(app: App, work: boolean): Promise<Part> {
  const { storage, log, now } = app
  const { pool, prisma, url } = storage.database
  const jobs: Job[] = [
    { name: 'purge-conversations', run: () => purgeConversations(pool, now()) },
    { name: 'purge-checks', run: () => purgeChecks(prisma, now()) },
  ]
  const queue = await openJobQueue({ url, jobs, work, log })
  const schedule = startSchedule({
    times: jobs.map(({ name }) => ({ job: name, at: '30 2 * * *' })),
    queue,
    now,
    log,
  })
  return {
    async stop() {
      await schedule.stop()
      await queue.stop()
    },
  }
}
