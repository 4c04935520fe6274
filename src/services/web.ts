import type { Hono } from 'hono'
import type { App } from '../app.ts'
import { telegramRoot } from '../app-chat-links.ts'
import { contentOf } from '../app-words.ts'
import { findAssistanceTexts } from '../assistance/texts.ts'
import type { TelegramChannel } from '../channels/telegram.ts'
import { createWebChatChannel } from '../channels/webchat.ts'
import type { JobQueue } from '../jobs/queue.ts'
import { createCataloguePages } from '../web/catalogue/catalogue-pages.ts'
import { parseCatalogueTexts } from '../web/catalogue/catalogue-texts.ts'
import { createCertificatePages } from '../web/certificates/certificate-pages.ts'
import { createCheckPages } from '../web/check/check-pages.ts'
import { createPages, type Pages } from '../web/pages.ts'
import { createWebServer } from '../web/web-server.ts'
import { openDesk } from './desk.ts'
import { hearCatalogue } from './hear-catalogue.ts'
import type { Part } from './part.ts'
import { runChannel } from './run-channel.ts'
import { describeAccounts } from './whatsapp.ts'

/** The web server: pages, the web chat, the private form and, when Telegram posts to it, its webhook. */
export async function startWeb(
  app: App,
  telegram: TelegramChannel | undefined,
  queue: JobQueue,
): Promise<Part> {
  const { config, log, conversation, media, storage } = app
  const pages = createPages({ words: contentOf(app.texts, 'laman'), demo: config.demo })
  const chat = createWebChatChannel({
    history: conversation.history,
    media,
    secrets: storage.keyring,
    page: pages.chatPage,
    texts: pages.texts.chat.refused,
    publicUrl: config.publicUrl,
    log,
    now: () => app.now().getTime(),
  })
  const catalogueTexts = parseCatalogueTexts(contentOf(app.texts, 'katalog'))
  const server = createWebServer({
    ...pages,
    chat: chat.routes,
    checkPages: checkPagesOf(app, pages),
    certificatePages: createCertificatePages({
      texts: () => app.trainingTexts().certificates.page,
      layout: pages.layout,
      find: app.findCertificate,
      now: app.now,
    }),
    cataloguePages: createCataloguePages({
      ...{ catalogue: app.market.catalogue, pictures: app.market.pictures, words: app.market.words },
      ...{ layout: pages.layout, language: app.language, now: app.now },
      texts: () => catalogueTexts,
      publicUrl: () => app.addresses[0]?.replace(/\/chat$/, '') ?? '',
      onChange: await hearCatalogue(app.signals),
    }),
    desk: await openDesk(app, pages, queue),
    accounts: () => describeAccounts(app),
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
  const detach = await runChannel(app, chat)
  return {
    greeting: [`Web chat: ${url}/chat`, `Staff desk: ${url}/desk`],
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
    notifyDone: async (transaction, chatId) => {
      await conversation.tell(BigInt(chatId), [{ text: words.chat.done }], transaction, 'reply')
    },
    inTransaction: (work) => storage.database.prisma.$transaction(work),
    publicUrl: config.publicUrl,
    now,
  })
}
