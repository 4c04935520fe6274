import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Address } from '../../src/channels/channel.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createMediaStore, type MediaStore } from '../../src/storage/media-store.ts'
import { purgeMedia } from '../../src/storage/purge-media.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

const hour = 3_600_000
const ina: Address = { channel: 'webchat', account: 'main', id: 'ina' }
const ama: Address = { channel: 'webchat', account: 'main', id: 'ama' }
const bytes = new Uint8Array(Buffer.from('isi foto contoh'))
const photo = { mime: 'image/jpeg', bytes, name: 'kartu-maria.jpg' }
const start = new Date('2026-03-05T02:00:00Z')

let database: TestDatabase
let folder: string
let now = start
let store: MediaStore

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.prisma.mediaFile.deleteMany()
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-media-'))
  now = start
  const keyring = createKeyring([newKeyEntry()])
  store = createMediaStore({ folder, prisma: database.prisma, keyring, now: () => now, mostBytesADay: 40 })
  return () => rm(folder, { recursive: true })
})

async function saved(owner = ina): Promise<string> {
  const media = await store.save(photo, owner)
  if (media === 'too_much') throw new Error(media)
  return media.id
}

async function bytesOnDisk(): Promise<Buffer[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  return Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(path.join(file.parentPath, file.name))),
  )
}

describe('createMediaStore', () => {
  it('gives back what it was given, and says whose it is', async () => {
    const file = await store.read(await saved())
    expect(file).toMatchObject({ mime: 'image/jpeg', name: 'kartu-maria.jpg' })
    expect(Buffer.from(file!.bytes).toString()).toBe('isi foto contoh')
    expect([file!.isOf(ina), file!.isOf(ama)]).toEqual([true, false])
  })

  it('keeps neither the content nor the name in the clear', async () => {
    await saved()
    const [sealed] = await bytesOnDisk()
    expect(sealed!.includes('isi foto')).toBe(false)
    const [row] = (await database.pool.query('SELECT m::text AS line FROM media_file m')).rows
    expect(row.line).not.toContain(Buffer.from('maria').toString('hex'))
    expect(row.line).not.toContain('maria')
  })

  it('knows no other id', async () => {
    expect(await store.read('../../keys')).toBeUndefined()
    expect(await store.read(crypto.randomUUID())).toBeUndefined()
  })

  it('takes no more than the share of a chat in 24 hours, erased files included', async () => {
    await saved()
    await saved()
    expect(await store.save(photo, ina)).toBe('too_much')
    expect(await bytesOnDisk()).toHaveLength(2)
    await saved(ama)
    now = new Date(start.getTime() + 2 * hour)
    await store.purge(now)
    expect(await store.save(photo, ina)).toBe('too_much')
    now = new Date(start.getTime() + 25 * hour)
    await saved()
  })
})

describe('purgeMedia', () => {
  it('erases within hours what no step took, and keeps what one took for 90 days', async () => {
    const [idle, taken] = [await saved(), await saved()]
    await database.prisma.$transaction((transaction) => store.keep(transaction, taken, now))
    expect(await store.purge(new Date(start.getTime() + hour / 2))).toBe(0)
    expect(await store.purge(new Date(start.getTime() + 1.1 * hour))).toBe(1)
    expect(await store.read(idle)).toBeUndefined()
    expect(await store.read(taken)).toBeDefined()
    expect(await bytesOnDisk()).toHaveLength(1)
    expect(await store.purge(new Date(start.getTime() + 91 * 24 * hour))).toBe(1)
    expect(await bytesOnDisk()).toEqual([])
    expect(await database.prisma.mediaFile.count()).toBe(0)
  })

  it('erases bytes that no row names, but not those just being written', async () => {
    const shard = path.join(folder, 'ab')
    await mkdir(shard)
    const [old, fresh] = [path.join(shard, `${crypto.randomUUID()}.new`), path.join(shard, 'x')]
    for (const file of [old, fresh]) await writeFile(file, 'x')
    await utimes(old, start, start)
    const later = new Date(start.getTime() + 2 * hour)
    await utimes(fresh, later, later)
    expect(await purgeMedia({ folder, prisma: database.prisma }, later)).toBe(1)
    expect(await bytesOnDisk()).toHaveLength(1)
  })

  it('has nothing to do where nothing was ever sent', async () => {
    expect(await purgeMedia({ folder: `${folder}/none`, prisma: database.prisma }, now)).toBe(0)
  })
})
