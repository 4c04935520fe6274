import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createFindShopPlace } from '../../src/marketplace/import/find-shop-place.ts'
import type { ImportShops } from '../../src/marketplace/import/import-outcome.ts'
import { createImportShops } from '../../src/marketplace/import/import-shops.ts'
import type { MarketImport } from '../../src/marketplace/import/market-import.ts'
import {
  createMarketImportDesk,
  type MarketImportDesk,
} from '../../src/marketplace/import/market-import-desk.ts'
import {
  createRunMarketImport,
  type RunMarketImport,
} from '../../src/marketplace/import/run-market-import.ts'
import { createImportedShopStore } from '../../src/marketplace/import/store-imported-shops.ts'
import { createMarketImportStore } from '../../src/marketplace/import/store-market-imports.ts'
import type { Officer } from '../../src/staff/officer.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { createKeyring, type Keyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { transact } from '../../src/storage/transact.ts'
import type { TableFault } from '../../src/tables/table.ts'
import { createUploadFolder, type UploadFolder } from '../../src/tables/upload-folder.ts'
import { readGround } from './test-app.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

/** Lists of UMKM over a real database, whose work at the desk is done when a test says so. */
export interface UmkmListWorld {
  readonly database: TestDatabase
  readonly keyring: Keyring
  readonly folder: string
  readonly uploads: UploadFolder
  readonly reportsDir: string
  readonly desk: MarketImportDesk
  readonly importShops: ImportShops
  /** What was sent to the queue and not taken up. */
  readonly queue: string[]
  now: Date
  /** Writes a file and returns where it is. */
  file(content: string | Uint8Array): Promise<string>
  bring(content: string | Uint8Array, source?: string): Promise<MarketImport | TableFault>
  /** The same, of a file that must be a table. */
  brought(content: string | Uint8Array, source?: string): Promise<MarketImport>
  runImport(importShops?: ImportShops): RunMarketImport
  /** Does everything that was sent, each once. */
  work(): Promise<void>
  state(id: string): Promise<MarketImport>
  /** Names of the files that wait in the folder. */
  waiting(): Promise<readonly string[]>
  close(): Promise<void>
}

/** An officer who looks after UMKM. */
export const umkmOfficer: Officer = { id: randomUUID(), name: 'Maria Contoh', roles: ['umkm'] }

/** Opens a world. */
export async function createUmkmListWorld(): Promise<UmkmListWorld> {
  const database = await createTestDatabase()
  const keyring = createKeyring([newKeyEntry()])
  const { language } = await readGround()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-umkm-'))
  const [reportsDir, uploads] = [
    path.join(folder, 'reports'),
    createUploadFolder(path.join(folder, 'uploads')),
  ]
  const queue: string[] = []
  const { prisma } = database
  const now = () => world.now
  const audit = createAuditTrail()
  const imports = createMarketImportStore(prisma)
  const importShops = createImportShops({
    ...{ audit, reportsDir, now },
    store: createImportedShopStore(prisma, keyring),
    findKelurahan: createFindShopPlace(language.places),
    hashes: (text) =>
      keyring.ids.map((id) => Buffer.from(keyring.hash('subject', `umkm:${text}`, id)).toString('hex')),
    words: () => ({ columns: ['baris', 'kolom', 'sebab', 'isi'], findings: { 'name.empty': 'Nama kosong' } }),
  })
  const desk = createMarketImportDesk({
    ...{ audit, uploads, reportsDir, now },
    transact: (work) => transact(prisma, work),
    imports: (transaction) => createMarketImportStore(transaction ?? prisma),
    enqueue: async (_, id) => void queue.push(id),
  })
  const bring: UmkmListWorld['bring'] = async (content, source = 'dinkop') => {
    const { id, file } = await desk.beginUpload()
    await writeFile(file, content, { mode: 0o600 })
    return desk.addUpload(id, { source, fileName: 'umkm.csv', size: content.length }, umkmOfficer)
  }
  const world: UmkmListWorld = {
    ...{ database, keyring, folder, uploads, reportsDir, desk, importShops, queue, bring },
    now: new Date('2026-12-01T02:00:00Z'),
    async file(content) {
      const file = path.join(folder, randomUUID())
      await writeFile(file, content)
      return file
    },
    async brought(content, source) {
      const run = await bring(content, source)
      if (typeof run === 'string') throw new Error(`refused: ${run}`)
      return run
    },
    runImport: (given = importShops) => createRunMarketImport({ imports, importShops: given, uploads, now }),
    async work() {
      for (const id of queue.splice(0)) await world.runImport()(id, { isLast: true })
    },
    async state(id) {
      const run = await desk.find(id)
      if (run === undefined) throw new Error('there is no such import')
      return run
    },
    waiting: () => readdir(path.join(folder, 'uploads')).catch((): string[] => []),
    async close() {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return world
}
