import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { App } from '../app.ts'
import { chatLinks } from '../app-chat-links.ts'
import { createHouseDigestDesk } from '../app-digest.ts'
import { contentOf } from '../app-words.ts'
import { importUmkmJobName } from '../jobs/import-umkm-job.ts'
import type { JobQueue } from '../jobs/queue.ts'
import { createFindShopPlace } from '../marketplace/import/find-shop-place.ts'
import type { ImportShops } from '../marketplace/import/import-outcome.ts'
import { createImportShops } from '../marketplace/import/import-shops.ts'
import { createMarketImportDesk, type MarketImportDesk } from '../marketplace/import/market-import-desk.ts'
import { createRunMarketImport, type RunMarketImport } from '../marketplace/import/run-market-import.ts'
import { createImportedShopStore } from '../marketplace/import/store-imported-shops.ts'
import { createMarketImportStore } from '../marketplace/import/store-market-imports.ts'
import { purgeMarketImports } from '../marketplace/import/store-purge-imports.ts'
import { createAuditTrail } from '../staff/store.ts'
import { transact } from '../storage/transact.ts'
import { createUploadFolder } from '../tables/upload-folder.ts'
import { type MarketImportPagesDeps, marketImportTabs } from '../web/desk/market-import/market-import-deps.ts'
import { marketImportRoutes } from '../web/desk/market-import/market-import-routes.ts'
import {
  type MarketImportTexts,
  parseMarketImportTexts,
} from '../web/desk/market-import/market-import-texts.ts'
import type { Area } from './desk-area.ts'

/** Where imports write their reports. */
function reportsOf({ config }: App): string {
  return path.join(config.dataDir, 'reports')
}

/** A folder apart from that of assistance lists: each purges what it does not know. */
function uploadsOf({ config }: App) {
  return createUploadFolder(path.join(config.dataDir, 'uploads-umkm'))
}

function textsOf({ texts }: App): MarketImportTexts {
  return parseMarketImportTexts(contentOf(texts, 'meja-umkm-impor'))
}

/** The import of lists of UMKM, on an open house. */
export function createUmkmImport(app: App): ImportShops {
  const { storage, language, now } = app
  const { database, keyring } = storage
  return createImportShops({
    store: createImportedShopStore(database.prisma, keyring),
    audit: createAuditTrail(),
    findKelurahan: createFindShopPlace(language.places),
    hashes: (text) =>
      keyring.ids.map((id) => Buffer.from(keyring.hash('subject', `umkm:${text}`, id)).toString('hex')),
    reportsDir: reportsOf(app),
    words: () => textsOf(app).report,
    now,
  })
}

/** The work on imports from the desk. */
export function createUmkmImportWork(app: App): RunMarketImport {
  return createRunMarketImport({
    imports: createMarketImportStore(app.storage.database.prisma),
    importShops: createUmkmImport(app),
    uploads: uploadsOf(app),
    now: app.now,
  })
}

/** Removes files and imports that are over; how many things went. */
export function purgeUmkmImports(app: App): Promise<number> {
  const { prisma } = app.storage.database
  return purgeMarketImports({ prisma, uploads: uploadsOf(app), reportsDir: reportsOf(app) }, app.now())
}

function createImportDesk(app: App, queue: JobQueue): MarketImportDesk {
  const { prisma } = app.storage.database
  return createMarketImportDesk({
    transact: (work) => transact(prisma, work),
    imports: (transaction) => createMarketImportStore(transaction ?? prisma),
    audit: createAuditTrail(),
    uploads: uploadsOf(app),
    reportsDir: reportsOf(app),
    // Each step of an import is work of its own.
    enqueue: (transaction, id) =>
      queue.send(importUmkmJobName, randomUUID(), { data: { id }, within: transaction }),
    now: app.now,
  })
}

/** Lists of UMKM, invitations and the weekly digest at the desk. `tabs`: of the marketplace, among which `moreTabs` are. */
export function marketImportArea(
  app: App,
  queue: JobQueue,
  tabs: MarketImportPagesDeps['tabs'],
): Area & { readonly moreTabs: () => ReturnType<typeof marketImportTabs> } {
  const { storage, language, addresses, market, broadcasting, now } = app
  const texts = textsOf(app)
  return {
    routes: marketImportRoutes({
      ...{ texts, tabs, now, secrets: storage.keyring, invitations: market.invitations },
      imports: createImportDesk(app, queue),
      digest: createHouseDigestDesk({
        ...{ storage, now },
        compose: (at) => broadcasting.composeDigest('umkm', at),
      }),
      placeName: (code) => language.places.byCode(code)?.name,
      linksOf: (words) => chatLinks(addresses, words),
      address: () => addresses[0] ?? '',
    }),
    sections: [],
    tiles: async () => [],
    moreTabs: () => marketImportTabs(texts),
  }
}
