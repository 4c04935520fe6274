import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isPictureKey, type PictureStore } from './picture-store.ts'

/** Keeps pictures as files of a folder (0700), those whose keys begin alike together in a folder of their own. */
export function createDiskPictures(folder: string): PictureStore {
  const fileOf = (key: string) => {
    if (!isPictureKey(key)) throw new Error('a picture has another key')
    return path.join(folder, key.slice(0, 2), key)
  }
  return {
    write: (key, { bytes }) => writeWhole(fileOf(key), bytes),
    async read(key) {
      const file = await readFile(fileOf(key)).catch(absent)
      return file === undefined ? undefined : new Uint8Array(file)
    },
    async remove(keys) {
      for (const key of keys) await rm(fileOf(key), { force: true })
    },
    list: (before) => listFolder(folder, before),
  }
}

/** Under another name until it is whole and durable: a reader, or a crash, finds all of it or nothing. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const making = `${file}.${randomUUID()}.new`
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(making, bytes, { mode: 0o600, flush: true, flag: 'wx' })
  await rename(making, file)
}

/** One of its folders at a time. What a crash left half written is erased on the way. */
async function* listFolder(folder: string, before: Date): AsyncGenerator<readonly string[]> {
  for (const shard of await readdir(folder).catch(noFolder)) {
    const keys: string[] = []
    for (const name of await readdir(path.join(folder, shard)).catch(noFolder)) {
      const file = path.join(folder, shard, name)
      const written = await stat(file).catch(absent)
      if (written === undefined || written.mtime >= before) continue
      if (isPictureKey(name)) keys.push(name)
      else if (name.endsWith('.new')) await rm(file, { force: true })
    }
    if (keys.length > 0) yield keys
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

/** A folder that is not there, or a file that is no folder, holds nothing. */
function noFolder(error: NodeJS.ErrnoException): readonly string[] {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
  return []
}
