import { randomUUID } from 'node:crypto'
import { utimes } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purgePictures } from '../../../src/marketplace/pictures/purge.ts'
import type { PictureKind } from '../../../src/marketplace/pictures/store-pictures.ts'
import { makeProduct, makeShop } from '../market-ground.ts'
import { openPictureWorld, type PictureWorld } from './picture-world.ts'

const hour = 3_600_000
const now = new Date('2026-03-12T02:00:00Z')

let world: PictureWorld
beforeAll(async () => {
  world = await openPictureWorld()
})
afterAll(() => world.close())

const ago = (hours: number) => new Date(now.getTime() - hours * hour)

/** A picture with bytes, as old in the row as on the disk; without a row where it has no kind. */
async function kept(kind: PictureKind | undefined, hours: number): Promise<string> {
  const id = randomUUID()
  const key = `${id}.jpeg`
  await world.deps.files.write(key, { bytes: new Uint8Array([1]), mime: 'image/jpeg' })
  await utimes(path.join(world.folder, key.slice(0, 2), key), ago(hours), ago(hours))
  if (kind !== undefined) await world.deps.rows.add({ id, kind, at: ago(hours) })
  return id
}

describe('purgePictures', () => {
  it('erases what was drawn a week ago, photos that no product has, and bytes in no row; nothing else', async () => {
    const { prisma } = world.database
    const gone = [
      await kept('promotion', 169),
      await kept('sheet', 169),
      await kept('photo', 25),
      await kept(undefined, 2),
    ]
    const ofProduct = await kept('photo', 500)
    const stays = [
      ...[await kept('promotion', 167), await kept('sheet', 1), await kept('photo', 23), ofProduct],
      await kept(undefined, 0.5),
    ]
    await makeProduct(prisma, { shopId: await makeShop(prisma), name: 'Kopi', photos: [ofProduct] })
    expect(await purgePictures({ prisma, files: world.deps.files }, now)).toBe(4)
    const left = async (ids: readonly string[]) =>
      Promise.all(ids.map(async (id) => (await world.pictures.read(id, 'jpeg')) !== undefined))
    expect(await left(gone)).toEqual([false, false, false, false])
    expect(await left(stays)).toEqual([true, true, true, true, true])
    expect(await prisma.picture.count()).toBe(4)
    expect(await purgePictures({ prisma, files: world.deps.files }, now)).toBe(0)
  })

  it('lets a promotion picture live on that was wanted again', async () => {
    const { prisma } = world.database
    const id = await kept(undefined, 0)
    await world.deps.rows.add({ id, kind: 'promotion', at: ago(200), key: 'kunci' })
    expect(await world.deps.rows.made('kunci', ago(1))).toBe(id)
    await purgePictures({ prisma, files: world.deps.files }, now)
    expect(await world.pictures.read(id, 'jpeg')).toBeDefined()
  })
})
