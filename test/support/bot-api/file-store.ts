import { badRequest } from './bot-api-error.ts'

/** A file on the server: what a person sent or the bot uploaded. */
export interface StoredFile {
  readonly id: string
  readonly uniqueId: string
  readonly path: string
  readonly name: string
  readonly bytes: Buffer
  /** What the server says of its size, which tests may make larger than the content. */
  readonly size: number
}

/** The files of the server, by file id and by download path. */
export interface FileStore {
  add(bytes: Buffer, options: { folder: string; name: string; size?: number }): StoredFile
  byId(id: string): StoredFile
  byPath(path: string): StoredFile | undefined
}

/** Starts empty; ids are made up in order. */
export function createFileStore(): FileStore {
  const files = new Map<string, StoredFile>()
  const paths = new Map<string, StoredFile>()
  return {
    add(bytes, { folder, name, size }) {
      const number = files.size + 1
      const file: StoredFile = {
        id: `BQACAgQAAxkBAAI${number}`,
        uniqueId: `AgAD${number}`,
        path: `${folder}/file_${number}${/\.[a-z0-9]+$/i.exec(name)?.[0] ?? ''}`,
        name,
        bytes,
        size: size ?? bytes.length,
      }
      files.set(file.id, file)
      paths.set(file.path, file)
      return file
    },
    byId(id) {
      const file = files.get(id)
      if (file === undefined) throw badRequest('invalid file_id')
      return file
    },
    byPath: (path) => paths.get(path),
  }
}
