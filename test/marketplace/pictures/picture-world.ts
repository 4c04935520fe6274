import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createPictures, type PictureDeps } from '../../../src/marketplace/pictures/create-pictures.ts'
import type { Pictures } from '../../../src/marketplace/pictures/pictures.ts'
import { createPictureRows } from '../../../src/marketplace/pictures/store-pictures.ts'
import { createDiskPictures } from '../../../src/storage/picture-store-disk.ts'
import { writableParts } from '../../../src/web/certificates/writable.ts'
import { markPaths } from '../../../src/web/mark.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'

/** Pictures on a disk and a database of their own. */
export interface PictureWorld {
  readonly database: TestDatabase
  readonly deps: PictureDeps
  readonly pictures: Pictures
  readonly folder: string
  setNow(now: Date): void
  close(): Promise<void>
}

/** Opens one; nothing is in it. */
export async function openPictureWorld(): Promise<PictureWorld> {
  const database = await createTestDatabase()
  const folder = await mkdtemp(path.join(os.tmpdir(), `lopo-${randomUUID()}`))
  let now = new Date('2026-03-05T02:00:00Z')
  const deps: PictureDeps = {
    files: createDiskPictures(folder),
    rows: createPictureRows(database.prisma),
    texts: () => ({ city: 'UMKM Kota Kupang', scan: 'Pindai untuk melihat' }),
    mark: markPaths,
    legible: writableParts,
    now: () => now,
  }
  return {
    ...{ database, deps, folder, pictures: createPictures(deps) },
    setNow(moment) {
      now = moment
    },
    async close() {
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}
