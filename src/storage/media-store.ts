import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Media } from '../channels/channel.ts'
import type { Database } from './database.ts'

/** A file with its content. `mime` is what the content is, not what its sender calls it. */
export interface MediaBytes {
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly name?: string
}

/** Where files that people send and get are kept. */
export interface MediaStore {
  /** Resolves once the file is durable. */
  save(file: MediaBytes): Promise<Media>
  /** The file; undefined when there is none of that id. */
  read(id: string): Promise<MediaBytes | undefined>
}

/** Keeps bytes under `folder` (0700), named by a random id, and what they are in PostgreSQL. */
export function createMediaStore(deps: { folder: string; prisma: Database }): MediaStore {
  const fileOf = (id: string) => path.join(deps.folder, id.slice(0, 2), id)
  return {
    async save({ mime, bytes, name }) {
      const id = randomUUID()
      const file = fileOf(id)
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
      await writeFile(`${file}.new`, bytes, { mode: 0o600, flush: true })
      await rename(`${file}.new`, file)
      const type = mime.startsWith('image/') ? ('photo' as const) : ('document' as const)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const data = { id, type, mime, name: name ?? null, size: bytes.length, sha256 }
      await deps.prisma.mediaFile.create({ data })
      return { id, type, mime, name }
    },
    async read(id) {
      if (!z.uuid().safeParse(id).success) return undefined
      const row = await deps.prisma.mediaFile.findUnique({ where: { id } })
      if (row === null) return undefined
      const bytes = await readFile(fileOf(id))
      const file = { mime: row.mime, bytes: new Uint8Array(bytes) }
      return row.name === null ? file : { ...file, name: row.name }
    },
  }
}
