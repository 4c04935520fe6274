import type { Hono } from 'hono'
import { parse } from 'yaml'
import { z } from 'zod'
import { type App, contentOf } from './app.ts'
import { purgeChecks } from './assistance/store-purge.ts'
import { findAssistanceTexts } from './assistance/texts.ts'
import type { Channel } from './channels/channel.ts'
import { createTelegramChannel, type TelegramChannel } from './channels/telegram.ts'
import { createWebChatChannel } from './channels/webchat.ts'
import { purgeConversations } from './conversation/purge.ts'
import { type Job, openJobQueue } from './jobs/queue.ts'
import { startSchedule } from './jobs/schedule.ts'
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

/** Starts the parts of the role. Throws when one cannot start; what had started is stopped again. */
export async function startServices(app: App, role: Role): Promise<Services> {
  const failure = Promise.withResolvers<never>()
  // A failure is waited for by whoever runs the services; until then it must not count as unhandled.
  failure.promise.catch(() => undefined)
  const has = (...names: Role[]) => role === 'all' || names.includes(role)
  const parts: Part[] = []
  try {
    parts.push(await startDelivery(app))
    const telegram = app.config.telegram === undefined ? undefined : telegramOf(app, failure.reject)
    if (has('web')) parts.push(await startWeb(app, telegram))
    if (has('channels')) parts.push(await startTelegram(app, telegram))
    parts.push(await startJobs(app, has('worker')))
  } catch (error) {
    await stopAll(parts)
    throw error
  }
  return {
    greeting: parts.flatMap((part) => part.greeting ?? []),
    failed: failure.promise,
    stop: () => stopAll(parts),
  }
}

async function stopAll(parts: readonly Part[]): Promise<void> {
  for (const part of parts.toReversed()) await part.stop()
}

/** Sends what other processes put out for channels of this one, and sweeps up what a crash left. */
async function startDelivery({ signals, conversation, log, reload }: App): Promise<Part> {
  const report = (error: unknown) => log.error({ err: error }, 'the outbox could not be looked through')
  await signals.on('outbox', (chatId) => void conversation.wake(BigInt(chatId)).catch(report))
  await signals.on('flows', () => {
    reload().then(
      () => log.info('the flows are read again'),
      (error) => log.error({ err: error }, 'the new flows are broken: the old ones go on'),
    )
  })
  let sweeping: Promise<void> | undefined
  const sweep = () => {
    sweeping ??= conversation
      .sweep()
      .catch(report)
      .finally(() => {
        sweeping = undefined
      })
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
async function run({ conversation }: App, channel: Channel): Promise<() => Promise<void>> {
  await channel.start(conversation.receive)
  conversation.attach(channel)
  return async () => {
    await channel.stop()
    await conversation.idle()
    conversation.detach(channel)
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

/** One process serves the bot account: others stand by and take over when it is gone. */
async function startTelegram(app: App, telegram: TelegramChannel | undefined): Promise<Part> {
  if (telegram === undefined) {
    const how = 'Telegram is off: set TELEGRAM_TOKEN to the token that @BotFather gives, and start again.'
    return { greeting: [how], stop: async () => undefined }
  }
  const stop = await serveAlone(app, telegram)
  return { greeting: ['Telegram: on.'], stop }
}

const standbyMs = 2_000

async function serveAlone(app: App, channel: Channel): Promise<() => Promise<void>> {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let leave: () => Promise<void> = async () => undefined
  const serve = async (): Promise<void> => {
    const lock = await takeAdvisoryLock(app.storage.database.url, `${channel.name}:${channel.account}`)
    if (lock === undefined) {
      app.log.info({ channel: channel.name }, 'another process serves this account: standing by')
      again()
      return
    }
    const detach = await run(app, channel)
    leave = async () => {
      await detach()
      await lock.release()
    }
    void lock.lost.then(async () => {
      app.log.warn({ channel: channel.name }, 'the account is lost: standing by')
      await detach()
      again()
    })
  }
  const again = () => {
    if (stopped) return
    timer = setTimeout(() => {
      serve().catch((error) => {
        app.log.error({ err: error, channel: channel.name }, 'the channel could not start')
        again()
      })
    }, standbyMs)
  }
  await serve()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await leave()
  }
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
