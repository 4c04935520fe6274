import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createFindKelurahan } from '../../src/assistance/find-kelurahan.ts'
import { createImportList } from '../../src/assistance/import-list.ts'
import { createImportStore, type ImportStore } from '../../src/assistance/store-import.ts'
import { createLanguage } from '../../src/language/language.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { readFlowTexts } from '../../src/storage/flow-files.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { individuCsv, recipient } from './assistance-world.ts'

// A process that imports a list and, once the first rows are with the database, says so and waits to be killed.
const [url = '', folder = ''] = process.argv.slice(2)
const database = openDatabase(url)
const { places } = createLanguage((await readFlowTexts()).language)
const now = () => new Date()
const inner = createImportStore({ database, audit: createAuditTrail(), now })
const store: ImportStore = {
  ...inner,
  exclusive: (kind, work) =>
    inner.exclusive(kind, (session) =>
      work({
        ...session,
        load: (batches) =>
          session.load(
            (async function* () {
              yield* batches
              process.stdout.write('loading\n')
              await new Promise(() => setInterval(() => undefined, 1000))
            })(),
          ),
      }),
    ),
}
const file = path.join(folder, 'slow.csv')
await writeFile(file, individuCsv([recipient]))
const importList = createImportList({
  store,
  secrets: createKeyring([newKeyEntry()]),
  findKelurahan: createFindKelurahan(places),
  reportsDir: folder,
  now,
})
await importList({ file, kind: 'p3ke', title: 'P3KE', asOf: '2023-02-01', by: 'petugas' })
