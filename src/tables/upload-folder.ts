import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** Where officers' list files wait for their import, each under an id of ours: what they are called never is a path. */
export interface UploadFolder {
  /** A new id, and the file to write; the folder is there, for its owner only. */
  begin(): Promise<{ readonly id: string; readonly file: string }>
  fileOf(id: string): string
  /** Nothing happens when it is gone. */
  remove(id: string): Promise<void>
  /** What is there, with the time of its last change. */
  files(): Promise<readonly { readonly id: string; readonly changedAt: Date }[]>
}

/** Makes it of a folder, which need not exist. */
export function createUploadFolder(folder: string): UploadFolder {
  const fileOf = (id: string) => path.join(folder, path.basename(id))
  return {
    async begin() {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const id = randomUUID()
      return { id, file: fileOf(id) }
    },
    fileOf,
    remove: (id) => rm(fileOf(id), { force: true }),
    async files() {
      const names = await readdir(folder).catch((): string[] => [])
      const found = await Promise.all(
        names.map(async (id) => {
          const facts = await stat(fileOf(id)).catch(() => undefined)
          return facts === undefined ? [] : [{ id, changedAt: facts.mtime }]
        }),
      )
      return found.flat()
    },
  }
}
