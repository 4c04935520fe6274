import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { encode } from 'uqr'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPictures } from '../../../src/marketplace/pictures/create-pictures.ts'
import type { PromotionCard, PromotionShape } from '../../../src/marketplace/pictures/pictures.ts'
import { layouts } from '../../../src/marketplace/pictures/promotion-layout.ts'
import { readQr } from '../../support/read-qr.ts'
import { openPictureWorld, type PictureWorld } from './picture-world.ts'
import { fourColours } from './sample-photos.ts'

let world: PictureWorld
let photo: string
beforeAll(async () => {
  world = await openPictureWorld()
  const taken = await world.pictures.take(await fourColours(1200, 900).jpeg().toBuffer())
  photo = taken.type === 'taken' ? taken.id : ''
})
afterAll(() => world.close())

const page = 'https://lopo.kupangkota.go.id/katalog/produk/1234-sei-babi-asap-kusambi-isi-500-gram'
const card = (more: Partial<PromotionCard> = {}): PromotionCard => ({
  ...{ photo, name: 'Se’i sapi', price: 'Rp25.000 / bungkus', shop: 'Dapur Contoh', place: 'Kel. Liliba' },
  ...{ halal: undefined, page },
  ...more,
})

async function drawn(shape: PromotionShape, more: Partial<PromotionCard> = {}): Promise<Uint8Array> {
  const found = await world.pictures.read(await world.pictures.promote(card(more), shape), 'jpeg')
  if (found === undefined) throw new Error('nothing was drawn')
  return found.bytes
}

/** The brightness of each pixel of a part of the picture, row by row. */
async function brightness(bytes: Uint8Array, top: number, height: number): Promise<readonly number[][]> {
  const { data, info } = await sharp(bytes)
    .extract({ left: 0, top, width: 1080, height })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return Array.from({ length: height }, (_, row) => [
    ...data.subarray(row * info.width * info.channels, (row + 1) * info.width * info.channels),
  ])
}

const longest = 'Se’i babi asap kusambi khas Timor bumbu lengkap isi 500 gr A'

describe('createPictures: promote', () => {
  it.each(['status', 'feed'] as const)(
    'draws a JPEG for a %s, at most 300 kB, whatever the photo',
    async (shape) => {
      const noise = await sharp({
        create: {
          ...{ width: 900, height: 900, channels: 3, background: '#888' },
          noise: { type: 'gaussian', mean: 128, sigma: 90 },
        },
      })
        .jpeg({ quality: 80 })
        .toBuffer()
      const taken = await world.pictures.take(noise)
      const bytes = await drawn(shape, {
        photo: taken.type === 'taken' ? taken.id : '',
        name: longest,
        halal: 'Mengandung babi (non-halal)',
      })
      expect(bytes.length).toBeLessThanOrEqual(300_000)
      expect(await sharp(bytes).metadata()).toMatchObject({
        ...{ format: 'jpeg', width: 1080, height: shape === 'status' ? 1920 : 1080 },
      })
    },
  )

  it.each(['status', 'feed'] as const)(
    'draws the address of the page so that a phone reads it from a %s, also from a small and bad copy of it',
    async (shape) => {
      const bytes = await drawn(shape)
      expect(await readQr(bytes)).toEqual([page])
      const copy = await sharp(bytes).resize({ width: 540 }).jpeg({ quality: 40 }).toBuffer()
      expect(await readQr(copy)).toEqual([page])
      const { data } = encode(page, { border: 0, ecc: 'M', boostEcc: true })
      expect(Math.floor(layouts[shape].qr / (data.length + 6))).toBeGreaterThanOrEqual(5)
    },
  )

  it('says other words in other pictures, and the same card in the same one', async () => {
    const { pictures } = world
    const first = await pictures.promote(card(), 'feed')
    expect(await pictures.promote(card(), 'feed')).toBe(first)
    const others = await Promise.all([
      pictures.promote(card(), 'status'),
      pictures.promote(card({ price: 'Rp26.000 / bungkus' }), 'feed'),
      pictures.promote(card({ halal: 'Mengandung babi (non-halal)' }), 'feed'),
    ])
    expect(new Set([first, ...others]).size).toBe(4)
  })

  it('is one picture for two who ask for the same at once, without bytes of a second', async () => {
    const before = await world.database.prisma.picture.count()
    const other = createPictures(world.deps)
    const name = `Madu ${randomUUID().slice(0, 8)}`
    const [one, two] = await Promise.all([
      world.pictures.promote(card({ name }), 'feed'),
      other.promote(card({ name }), 'feed'),
    ])
    expect(one).toBe(two)
    expect(await world.database.prisma.picture.count()).toBe(before + 1)
    const keys: string[] = []
    for await (const some of world.deps.files.list(new Date(Date.now() + 60_000))) keys.push(...some)
    const rows = await world.database.prisma.picture.findMany({ select: { id: true } })
    const known = new Set(rows.map(({ id }) => id))
    expect(keys.filter((key) => !known.has(key.split('.')[0]!))).toEqual([])
  })

  it('draws anew, under the same id, what the disk has lost', async () => {
    const id = await world.pictures.promote(card(), 'feed')
    await world.deps.files.remove([`${id}.jpeg`])
    expect(await world.pictures.promote(card(), 'feed')).toBe(id)
    expect(await world.pictures.read(id, 'jpeg')).toBeDefined()
  })

  it('leaves out letters that the font lacks, and draws no box for them', async () => {
    const plain = await drawn('feed', { name: 'Madu hutan' })
    expect(Buffer.from(await drawn('feed', { name: 'Madu 🍯hutan 蜜' })).equals(plain)).toBe(true)
    // A name of nothing else leaves its place empty, and the rest is there.
    expect((await drawn('feed', { name: '🍯🍯' })).length).toBeGreaterThan(20_000)
  })

  it('takes signs of a markup as letters', async () => {
    const bytes = await drawn('feed', { name: '<b>Roti</b> & "susu"', shop: '</span>' })
    expect((await sharp(bytes).metadata()).width).toBe(1080)
  })

  it('writes nothing where WhatsApp draws over a status', async () => {
    const [short, long] = await Promise.all([
      drawn('status', { name: 'Kopi' }),
      drawn('status', { name: longest, halal: 'Mengandung babi (non-halal)', shop: longest }),
    ])
    for (const [top, height] of [
      [0, 250],
      [1580, 340],
    ] as const) {
      const [of, other] = await Promise.all([brightness(short, top, height), brightness(long, top, height)])
      const differs = of.flatMap((row, y) =>
        row.filter((value, x) => Math.abs(value - (other[y]?.[x] ?? 0)) > 40),
      )
      expect(differs).toEqual([])
    }
  })

  it('lays cloth where the photo is gone', async () => {
    const [gone, there] = await Promise.all([drawn('feed', { photo: randomUUID() }), drawn('feed')])
    expect(Buffer.from(gone).equals(Buffer.from(there))).toBe(false)
  })
})

describe('createPictures: sheet', () => {
  it('draws up to six photos in at most 100 kB, numbered from the number it is given', async () => {
    const six = Array.from({ length: 8 }, () => photo)
    const sheets = await Promise.all([1, 7].map((first) => world.pictures.sheet(six, first)))
    expect(new Set(sheets).size).toBe(2)
    const found = await world.pictures.read(sheets[0] ?? '', 'jpeg')
    expect(found?.bytes.length).toBeLessThanOrEqual(100_000)
    expect(await sharp(found?.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 992, height: 664 })
  })

  it('leaves a place for a result without photo, and draws nothing where none has one', async () => {
    const id = await world.pictures.sheet([undefined, photo, randomUUID(), photo], 1)
    expect(await world.pictures.read(id ?? '', 'jpeg')).toBeDefined()
    expect(await world.pictures.sheet([undefined, undefined], 1)).toBeUndefined()
    expect(await world.pictures.sheet([], 1)).toBeUndefined()
  })
})
