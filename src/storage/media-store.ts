import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Address, Media } from '../channels/channel.ts'
import type { Database, Transaction } from './database.ts'
import type { Keyring } from './keyring.ts'
import { mediaFolderOf, purgeMedia } from './purge-media.ts'

/** A file with its content. `mime` is what the content is, not what its sender calls it. */
export interface MediaBytes {
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly name?: string
}

/** A file as it is kept. */
export interface StoredMedia extends MediaBytes {
  /** Whose chat it is part of. */
  isOf(address: Address): boolean
}

/** Where files that people send and get are kept. */
export interface MediaStore {
  /** Resolves once the file is durable; `too_much` when the chat has sent its share of the last 24 hours. */
  save(file: MediaBytes, owner: Address): Promise<Media | 'too_much'>
  /** The file; undefined when there is none of that id, or no longer. */
  read(id: string): Promise<StoredMedia | undefined>
  /** Says that a step took the file: it stays for as long as what was said. */
  keep(transaction: Transaction, id: string, at: Date): Promise<void>
  /** Erases what no step took within an hour, and everything after 90 days. Returns how many files went. */
  purge(now: Date): Promise<number>
}

export interface MediaStoreDeps {
  readonly folder: string
  readonly prisma: Database
  readonly keyring: Pick<Keyring, 'seal' | 'open' | 'sealBytes' | 'openBytes'>
  readonly now: () => Date
  /** Pictures that are kept elsewhere and may be in any chat: products and what is drawn of them. */
  readonly elsewhere?: ((id: string) => Promise<MediaBytes | undefined>) | undefined
  /** What a chat may send in 24 hours, in bytes. */
  readonly mostBytesADay?: number
}

const usualBytesADay = 20 * 1024 * 1024
const dayMs = 86_400_000

/** Keeps bytes sealed under `folder` (0700), named by a random id, and what they are in PostgreSQL. */
export function createMediaStore(deps: MediaStoreDeps): MediaStore {
  const { prisma, keyring } = deps
  const fileOf = (id: string) => path.join(mediaFolderOf(deps.folder, id), id)
  return {
    async save({ mime, bytes, name }, address) {
      const [id, owner] = [randomUUID(), ownerOf(address)]
      const type = mime.startsWith('image/') ? ('photo' as const) : ('document' as const)
      const sealedName = name === undefined ? null : keyring.seal(name)
      const data = { id, type, mime, name: sealedName, size: bytes.length, owner, createdAt: deps.now() }
      // The row is first: bytes that a crash leaves behind are known, and of several files at once all count.
      await prisma.mediaFile.create({ data, select: { id: true } })
      if (await isTooMuch(deps, owner)) {
        await prisma.mediaFile.delete({ where: { id }, select: { id: true } })
        return 'too_much'
      }
      await writeWhole(fileOf(id), keyring.sealBytes(bytes))
      return { id, type, mime, name }
    },
    async read(id) {
      if (!z.uuid().safeParse(id).success) return undefined
      const row = await prisma.mediaFile.findUnique({ where: { id, erasedAt: null } })
      if (row === null) return readElsewhere(deps, id)
      const sealed = await readFile(fileOf(id)).catch(absent)
      if (sealed === undefined) return undefined
      const isOf = (address: Address) => ownerOf(address) === row.owner
      const file = { mime: row.mime, bytes: keyring.openBytes(sealed), isOf }
      return row.name === null ? file : { ...file, name: keyring.open(row.name) }
    },
    async keep(transaction, id, at) {
      await transaction.mediaFile.updateMany({ where: { id, erasedAt: null }, data: { keptAt: at } })
    },
    purge: (now) => purgeMedia(deps, now),
  }
}

async function readElsewhere({ elsewhere }: MediaStoreDeps, id: string): Promise<StoredMedia | undefined> {
  const file = await elsewhere?.(id)
  return file === undefined ? undefined : { ...file, isOf: () => true }
}

function ownerOf({ channel, account, id }: Address): string {
  return `${channel}:${account}:${id}`
}

async function isTooMuch({ prisma, now, mostBytesADay }: MediaStoreDeps, owner: string): Promise<boolean> {
  const where = { owner, createdAt: { gt: new Date(now().getTime() - dayMs) } }
  const { _sum } = await prisma.mediaFile.aggregate({ where, _sum: { size: true } })
  return (_sum.size ?? 0) > (mostBytesADay ?? usualBytesADay)
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.new`, bytes, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
