import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createFindKelurahan } from '../../src/assistance/find-kelurahan.ts'
import { createImportList, type ImportList } from '../../src/assistance/import-list.ts'
import type { ImportReport, ImportRequest } from '../../src/assistance/import-report.ts'
import { createStatusCheck, type StatusCheck } from '../../src/assistance/status-check.ts'
import type { Transaction } from '../../src/assistance/store.ts'
import { createImportStore } from '../../src/assistance/store-import.ts'
import { createLanguage, type Language } from '../../src/language/language.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { readFlowTexts } from '../../src/storage/flow-files.ts'
import { createKeyring, type Keyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

/** A database with everything that imports and checks, a folder of its own and a clock that stands still. */
export interface AssistanceWorld {
  readonly database: TestDatabase
  readonly folder: string
  readonly language: Language
  keyring: Keyring
  now: Date
  /** The import, by the keyring and the clock of the moment. */
  importer(): ImportList
  check(options?: { staleAfterDays?: number; alarmChats?: number }): StatusCheck
  /** Imports a P3KE individu sheet of these persons; throws unless it is in force then. */
  load(persons: readonly TestPerson[], request?: Partial<ImportRequest>): Promise<ImportReport>
  /** Writes a file into the folder and returns its path. */
  file(name: string, content: string | Uint8Array): Promise<string>
  newChat(): Promise<{ contactId: string; chatId: string }>
  run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A person of the synthetic area 5399. */
export interface TestPerson {
  readonly nik: string
  readonly name: string
  /** `yyyy-mm-dd` */
  readonly birthDate: string
  readonly household: string
  readonly kelurahan: string
  readonly pkh: 'YA' | 'TIDAK'
  readonly sembako: 'YA' | 'TIDAK'
}

/** One who receives PKH; one of another household who receives nothing. */
export const recipient: TestPerson = {
  nik: '5399011708800001',
  name: 'WARGA CONTOH SATU',
  birthDate: '1980-08-17',
  household: 'K1',
  kelurahan: 'OESAPA BARAT',
  pkh: 'YA',
  sembako: 'TIDAK',
}
export const relative: TestPerson = {
  ...recipient,
  nik: '5399014203050007',
  name: 'WARGA CONTOH DUA',
  birthDate: '2005-03-02',
  sembako: 'YA',
}
export const recorded: TestPerson = {
  nik: '5399020101700002',
  name: 'WARGA CONTOH TIGA',
  birthDate: '1970-01-01',
  household: 'K2',
  kelurahan: 'AIRNONA',
  pkh: 'TIDAK',
  sembako: 'TIDAK',
}

/** A P3KE individu sheet with the columns that are read and one that is not. */
export function individuCsv(persons: readonly TestPerson[]): string {
  const lines = persons.map(({ nik, name, birthDate, household, kelurahan, pkh, sembako }) =>
    [household, kelurahan, name, nik, birthDate, 'SENG BOCOR', pkh, sembako].join(','),
  )
  return [
    'id_keluarga_p3ke,desa_kelurahan,nama,nik,tanggal_lahir,jenis_atap,penerima_pkh,penerima_sembako',
    ...lines,
  ].join('\n')
}

/** Opens a world. */
export async function createAssistanceWorld(): Promise<AssistanceWorld> {
  const database = await createTestDatabase()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-assistance-'))
  const language = createLanguage((await readFlowTexts()).language)
  const audit = createAuditTrail()
  const world: AssistanceWorld = {
    database,
    folder,
    language,
    keyring: createKeyring([newKeyEntry()]),
    now: new Date('2026-03-05T02:00:00Z'),
    importer: () =>
      createImportList({
        store: createImportStore({ database, audit, now: () => world.now }),
        secrets: world.keyring,
        findKelurahan: createFindKelurahan(language.places),
        reportsDir: path.join(folder, 'reports'),
        now: () => world.now,
      }),
    check: (options = {}) =>
      createStatusCheck({ audit, secrets: world.keyring, staleAfterDays: 365, ...options }),
    async load(persons, request = {}) {
      const file = await world.file(`${randomUUID()}.csv`, individuCsv(persons))
      const base = { file, kind: 'p3ke', title: 'P3KE contoh', asOf: '2026-02-01', by: 'petugas' }
      const outcome = await world.importer()({ ...base, ...request })
      world.now = new Date(world.now.getTime() + 1000)
      if (outcome.type !== 'imported') throw new Error(`not imported: ${JSON.stringify(outcome)}`)
      return outcome.report
    },
    async file(name, content) {
      const file = path.join(folder, name)
      await writeFile(file, content)
      return file
    },
    async newChat() {
      const { id: contactId } = await database.prisma.contact.create({ data: {} })
      const chat = await database.prisma.chat.create({
        data: { contactId, channel: 'webchat', account: 'main', externalId: randomUUID() },
      })
      return { contactId, chatId: String(chat.id) }
    },
    run: (work) => database.prisma.$transaction(work),
    async close() {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return world
}
