import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanPicture } from '../../../src/marketplace/pictures/clean-picture.ts'
import { type PictureForm, pictureForms } from '../../../src/marketplace/pictures/pictures.ts'
import { openPictureWorld, type PictureWorld } from './picture-world.ts'
import { cornersOf, fourColours, pngBomb, withGps } from './sample-photos.ts'

let world: PictureWorld
beforeAll(async () => {
  world = await openPictureWorld()
})
afterAll(() => world.close())

async function taken(bytes: Uint8Array): Promise<{ id: string; width: number; height: number }> {
  const photo = await world.pictures.take(bytes)
  if (photo.type !== 'taken') throw new Error(photo.type)
  return photo
}

async function form(id: string, name: PictureForm): Promise<Uint8Array> {
  const found = await world.pictures.read(id, name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  expect(found.mime).toBe(name === 'jpeg' ? 'image/jpeg' : 'image/webp')
  return found.bytes
}

describe('createPictures: take', () => {
  it('makes the forms, none larger than it may be or than the photo is', async () => {
    const { id, width, height } = await taken(await fourColours(3000, 2000).jpeg().toBuffer())
    expect([width, height]).toEqual([1080, 720])
    const sizes = await Promise.all(
      pictureForms.map(async (name) => {
        const { width: wide, height: high, format } = await sharp(await form(id, name)).metadata()
        return [name, format, wide, high]
      }),
    )
    expect(sizes).toEqual([
      ['w160', 'webp', 160, 107],
      ['w480', 'webp', 480, 320],
      ['w1080', 'webp', 1080, 720],
      ['jpeg', 'jpeg', 1080, 720],
    ])
    const small = await taken(await fourColours(400, 300).png().toBuffer())
    expect(await sharp(await form(small.id, 'w1080')).metadata()).toMatchObject({ width: 400, height: 300 })
    expect(await world.database.prisma.picture.findUnique({ where: { id } })).toMatchObject({
      kind: 'photo',
      createdAt: new Date('2026-03-05T02:00:00Z'),
    })
  })

  it('turns the photo the right way up, whichever of the eight ways the telephone was held', async () => {
    const asHeld = { 1: 'rgbw', 2: 'grwb', 3: 'wbgr', 4: 'bwrg', 5: 'rbgw', 6: 'brwg', 7: 'wgbr', 8: 'gwrb' }
    for (const [orientation, corners] of Object.entries(asHeld)) {
      const { id, width, height } = await taken(await withGps(fourColours(), Number(orientation)))
      expect([width, height]).toEqual(Number(orientation) >= 5 ? [300, 400] : [400, 300])
      expect([orientation, await cornersOf(await form(id, 'jpeg'))]).toEqual([orientation, corners])
    }
  })

  it('leaves out where, when and with what the photo was taken', async () => {
    const photo = await withGps(fourColours(), 6)
    expect((await sharp(photo).metadata()).exif?.includes('TeleponContoh')).toBe(true)
    const { id } = await taken(photo)
    for (const name of pictureForms) {
      const bytes = await form(id, name)
      const { exif, icc, iptc, xmp, orientation } = await sharp(bytes).metadata()
      expect([exif, icc, iptc, xmp, orientation]).toEqual(Array(5).fill(undefined))
      for (const trace of ['TeleponContoh', 'Exif', 'GPS']) {
        expect(Buffer.from(bytes).includes(trace)).toBe(false)
      }
    }
  })

  it('takes every format by its content, and the first picture of an animation', async () => {
    const frames = [fourColours(), fourColours().negate()].map((frame) => frame.png().toBuffer())
    const animation = sharp(await Promise.all(frames), { join: { animated: true } })
    const photos = [
      ...[
        fourColours().webp(),
        fourColours().avif(),
        fourColours().gif(),
        fourColours().toColourspace('cmyk').jpeg(),
      ],
      ...[animation.clone().webp(), animation.clone().gif()],
    ]
    for (const photo of photos) {
      const { id, height } = await taken(await photo.toBuffer())
      expect([height, await cornersOf(await form(id, 'jpeg'))]).toEqual([300, 'rgbw'])
    }
  })

  it('lays what is transparent on white', async () => {
    const clear = { width: 300, height: 300, channels: 4, background: '#00000000' } as const
    const { id } = await taken(await sharp({ create: clear }).png().toBuffer())
    expect(await cornersOf(await form(id, 'jpeg'))).toBe('wwww')
  })

  it('says why bytes are no photo', async () => {
    const jpeg = await fourColours().jpeg().toBuffer()
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"/>')
    const cases: readonly (readonly [Uint8Array, string])[] = [
      [new Uint8Array(), 'empty'],
      [Buffer.from('bukan foto'), 'no_picture'],
      [svg, 'no_picture'],
      [await fourColours().tiff().toBuffer(), 'no_picture'],
      [jpeg.subarray(0, 400), 'no_picture'],
      [jpeg.subarray(0, jpeg.length - 400), 'no_picture'],
      [Buffer.concat([jpeg, Buffer.alloc(50 * 1024 * 1024)]), 'too_large'],
      [await fourColours(199, 900).jpeg().toBuffer(), 'too_small'],
    ]
    for (const [bytes, type] of cases) expect((await world.pictures.take(bytes)).type).toBe(type)
  })

  it('refuses 20,000 by 20,000 pixels from the header, at once and without the memory for them', async () => {
    const bomb = pngBomb(20_000, 20_000)
    expect(bomb.length).toBeLessThan(100_000)
    await world.pictures.take(pngBomb(10, 10))
    const before = process.memoryUsage().rss
    const started = performance.now()
    expect((await world.pictures.take(bomb)).type).toBe('too_many_pixels')
    expect(performance.now() - started).toBeLessThan(500)
    // As grey alone it has 400 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000)
  })
})

describe('createPictures: read and erase', () => {
  it('knows nothing of another id, or of a text that is none', async () => {
    expect(await world.pictures.read(randomUUID(), 'w480')).toBeUndefined()
    expect(await world.pictures.read('../../kunci', 'w480')).toBeUndefined()
  })

  it('erases all forms and the row', async () => {
    const { id } = await taken(await fourColours().jpeg().toBuffer())
    await world.pictures.erase([id, 'bukan id'])
    for (const name of pictureForms) expect(await world.pictures.read(id, name)).toBeUndefined()
    expect(await world.database.prisma.picture.count({ where: { id } })).toBe(0)
  })
})

describe('cleanPicture', () => {
  it('keeps the picture and nothing that was written beside it', async () => {
    const clean = await cleanPicture(await withGps(fourColours(), 6))
    if (clean.type !== 'clean') throw new Error(clean.type)
    const { exif, icc } = await sharp(clean.bytes).metadata()
    expect([clean.mime, exif, icc, await cornersOf(clean.bytes)]).toEqual([
      ...['image/jpeg', undefined, undefined],
      'brwg',
    ])
  })

  it('leaves a PNG a PNG, takes small ones, and says why others are none', async () => {
    expect(await cleanPicture(await fourColours(40, 30).png().toBuffer())).toMatchObject({
      mime: 'image/png',
    })
    expect(await cleanPicture(Buffer.from('%PDF-1.7'))).toEqual({ type: 'no_picture' })
    expect(await cleanPicture(pngBomb(9_000, 9_000))).toEqual({ type: 'too_many_pixels' })
  })
})
