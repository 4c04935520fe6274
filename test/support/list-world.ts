import { randomUUID } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createListDesk } from '../../src/assistance/create-list-desk.ts'
import type { ImportList } from '../../src/assistance/import-list.ts'
import type { ImportRun, ImportWish } from '../../src/assistance/import-run.ts'
import type { ListDesk } from '../../src/assistance/list-desk.ts'
import { createRunImport, type RunImport } from '../../src/assistance/run-import.ts'
import { createImportStore } from '../../src/assistance/store-import.ts'
import { createImportRunStore } from '../../src/assistance/store-import-run.ts'
import type { Officer } from '../../src/staff/officer.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import type { TableFault } from '../../src/tables/table.ts'
import { createUploadFolder, type UploadFolder } from '../../src/tables/upload-folder.ts'
import { type AssistanceWorld, createAssistanceWorld } from './assistance-world.ts'

/** Lists at the desk over a real database, whose work is done when a test says so. */
export interface ListWorld extends AssistanceWorld {
  readonly desk: ListDesk
  readonly uploads: UploadFolder
  readonly reportsDir: string
  /** What was sent to the queue and not taken up. */
  readonly queue: string[]
  /** The work of a process, by another import where a test gives one. */
  runImport(importList?: ImportList): RunImport
  /** Does everything that was sent, each once. */
  work(): Promise<void>
  bring(
    content: string | Uint8Array,
    wish?: Partial<ImportWish>,
    by?: Officer,
  ): Promise<ImportRun | TableFault>
  /** The same, of a file that must be a table. */
  brought(content: string | Uint8Array, wish?: Partial<ImportWish>): Promise<ImportRun>
  state(id: string): Promise<ImportRun>
  /** Names of the files that wait in the folder. */
  waiting(): Promise<readonly string[]>
}

/** An officer for assistance, and a colleague. */
export const maria: Officer = { id: randomUUID(), name: 'Maria Contoh', roles: ['bansos'] }
export const yosef: Officer = { id: randomUUID(), name: 'Yosef Contoh', roles: ['bansos'] }

/** Opens a world. */
export async function createListWorld(): Promise<ListWorld> {
  const world = await createAssistanceWorld()
  const { database, folder } = world
  const audit = createAuditTrail()
  const reportsDir = path.join(folder, 'reports')
  const uploads = createUploadFolder(path.join(folder, 'uploads'))
  const queue: string[] = []
  const now = () => world.now
  const { programmes } = createImportStore({ database, audit, now })
  const enqueue = async (_: unknown, id: string) => void queue.push(id)
  const desk = createListDesk({
    ...{ prisma: database.prisma, audit, programmes, uploads, reportsDir, enqueue, now },
  })
  const store = createImportRunStore(database.prisma)
  const bring: ListWorld['bring'] = async (content, wish = {}, by = maria) => {
    const { id, file } = await desk.beginUpload()
    await writeFile(file, content, { mode: 0o600 })
    const whole = { kind: 'p3ke', title: 'P3KE contoh', asOf: '2026-02-01', period: undefined }
    return desk.addUpload(id, { ...whole, fileName: 'daftar.csv', size: content.length, ...wish }, by)
  }
  return Object.assign(world, {
    ...{ desk, uploads, reportsDir, queue, bring },
    runImport: (importList: ImportList = world.importer()) =>
      createRunImport({
        ...{ store, importList, now, baseName: (file: string) => path.basename(file) },
        fileOf: uploads.fileOf,
        removeFile: uploads.remove,
      }),
    async work(this: ListWorld) {
      for (const id of queue.splice(0)) await this.runImport()(id, { isLast: true })
    },
    async brought(content: string | Uint8Array, wish?: Partial<ImportWish>) {
      const run = await bring(content, wish)
      if (typeof run === 'string') throw new Error(`refused: ${run}`)
      return run
    },
    async state(id: string) {
      const run = await desk.run(id)
      if (run === undefined) throw new Error('there is no such import')
      return run
    },
    waiting: () => readdir(`${folder}/uploads`).catch((): string[] => []),
  })
}
