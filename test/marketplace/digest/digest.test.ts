import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type App, buildApp } from '../../../src/app.ts'
import { createHouseDigestDesk } from '../../../src/app-digest.ts'
import type { Officer } from '../../../src/staff/officer.ts'
import { openTestGround } from '../../support/test-app.ts'

const officer: Officer = { id: 'id-umkm', name: 'Ani Contoh', roles: ['umkm'] }
const second: Officer = { id: 'id-second', name: 'Petrus Contoh', roles: ['penyetuju'] }
const week = 7 * 86_400_000

let app: App
let now: Date
let monday = new Date('2027-03-01T08:00:00+08:00')
beforeAll(async () => {
  now = monday
  app = await buildApp({
    ...(await openTestGround({ PUBLIC_URL: 'https://lopo.example' })),
    clock: () => now,
  })
}, 60_000)
afterAll(() => app.close())
beforeEach(async () => {
  const { prisma } = app.storage.database
  await prisma.digestPlace.deleteMany()
  await prisma.product.deleteMany()
  await prisma.shop.deleteMany()
  monday = new Date(monday.getTime() + week)
  now = monday
})

/** A shop with one product; the number of the product. */
async function product(
  name: string,
  given: {
    readonly state?: string
    readonly halal?: string
    readonly consent?: boolean
    readonly asked?: number
  } = {},
): Promise<number> {
  const { state = 'shown', halal = 'uncertified', consent = true, asked } = given
  const { prisma } = app.storage.database
  const contactId = randomUUID()
  const consents = consent
    ? { create: [{ contactId, chatId: 1n, purpose: 'publish', textVersion: '1', startedAt: now }] }
    : {}
  const shop = await prisma.shop.create({
    data: {
      ...{ contactId, chatId: 1n, name: `Toko ${name}`, kelurahan: '53.71.03.1011', createdAt: now },
      ...{ handover: [], payments: [], consents },
    },
  })
  const made = await prisma.product.create({
    data: {
      ...{ shopId: shop.id, name, category: 'hasil', price: 50_000, unit: 'botol', availability: 'ready' },
      ...{ halal, state, createdAt: now, changedAt: now },
      photos: { create: [{ id: randomUUID(), position: 0, width: 480, height: 480, createdAt: now }] },
    },
  })
  const place = { shopId: shop.id, productId: made.id }
  if (asked !== undefined) {
    await prisma.digestPlace.create({
      data: { ...place, askedAt: new Date(monday.getTime() - week + asked) },
    })
  }
  return Number(made.id)
}

async function composed() {
  const number = await app.broadcasting.composeDigest('umkm', now)
  const view = number === undefined ? undefined : await app.broadcasts.read(officer, number)
  return { number, text: view?.broadcast.text ?? '', broadcast: view?.broadcast }
}

const desk = () =>
  createHouseDigestDesk({
    ...{ storage: app.storage, now: app.now },
    compose: (at) => app.broadcasting.composeDigest('umkm', at),
  })

describe('draftFrom', () => {
  it('begins a broadcast with what a product is: name, price, shop, place, halal, page, photo and a button', async () => {
    const number = await product("Se'i Babi", { halal: 'pork' })
    const plan = await app.broadcasts.draftFrom(officer, { type: 'product', number })
    expect(plan).toMatchObject({
      title: "UMKM: Se'i Babi",
      buttons: [{ words: `produk ${number}` }],
      audience: { topics: ['umkm'] },
      source: { type: 'product', number },
      media: { type: 'photo', mime: 'image/jpeg' },
    })
    for (const part of [
      "Toko Se'i Babi",
      'Lasiana',
      'Rp50.000 / botol',
      'Mengandung babi',
      'https://lopo.example/katalog/produk/',
    ]) {
      expect(plan?.text).toContain(part)
    }
    expect(await app.broadcasts.check(plan!)).toEqual([])
    const read = await app.storage.database.prisma.productPhoto.findFirstOrThrow()
    expect(plan?.media?.id).toBe(read.id)
  })

  it('leaves the line of halal out where it means nothing, and takes no braces of a name for a variable', async () => {
    const number = await product('Tenun {{kelurahan}}', { halal: 'not_food' })
    const plan = await app.broadcasts.draftFrom(officer, { type: 'product', number })
    expect(plan?.text).not.toMatch(/\n\s*\n|\{|Bukan makanan/)
  })

  it('begins none with a product that nobody may see', async () => {
    const hidden = [
      await product('Satu', { state: 'hidden' }),
      await product('Dua', { state: 'waiting' }),
      await product('Tiga', { consent: false }),
      await product('Empat', { state: 'sold_out' }),
    ]
    for (const number of [...hidden, 0, 1e15]) {
      expect(await app.broadcasts.draftFrom(officer, { type: 'product', number })).toBeUndefined()
    }
  })
})

describe('createProductNews', () => {
  it('makes the digest of those who asked, in turn, and fills it with the newest shops that were never in one', async () => {
    const fresh = await product('Baru')
    const later = await product('Nanti', { asked: 2_000 })
    const first = await product('Dulu', { asked: 1_000 })
    const { text, broadcast, number } = await composed()
    const order = [...text.matchAll(/produk (\d+)/g)].map(([, id]) => Number(id))
    expect(order).toEqual([first, later, fresh])
    expect(broadcast).toMatchObject({ state: 'proposed', audience: { topics: ['umkm'] } })
    const places = await app.storage.database.prisma.digestPlace.findMany()
    expect(places.map((place) => [place.broadcast, place.featuredAt])).toEqual(
      Array.from({ length: 3 }, () => [number, now]),
    )
  })

  it('is approved only while all of its products may be seen; one that is sold out still may', async () => {
    const { prisma } = app.storage.database
    const honey = await product('Madu', { asked: 1_000 })
    await product('Kopi', { asked: 2_000 })
    const { number = 0, broadcast } = await composed()
    const approve = () => app.broadcasts.approve(second, number, broadcast?.version ?? -1)
    const withdrawn = {
      type: 'problems',
      problems: [{ at: 'text', what: 'withdrawn', detail: 'Madu' }],
    }
    const where = { id: BigInt(honey) }
    const { shopId } = await prisma.product.update({ where, data: { state: 'hidden' } })
    expect(await approve()).toEqual(withdrawn)
    await prisma.product.update({ where, data: { state: 'sold_out' } })
    await prisma.shopConsent.updateMany({ where: { shopId }, data: { endedAt: now } })
    expect(await approve()).toEqual(withdrawn)
    await prisma.shopConsent.updateMany({ where: { shopId }, data: { endedAt: null } })
    await prisma.shop.update({ where: { id: shopId }, data: { state: 'closed' } })
    expect(await approve()).toEqual(withdrawn)
    await prisma.shop.update({ where: { id: shopId }, data: { state: 'active' } })
    // Nobody subscribed here: nothing else is in the way.
    expect(await approve()).toEqual({ type: 'nobody' })
  })

  it('holds back a broadcast of one product that is gone', async () => {
    const number = await product('Abon')
    const plan = await app.broadcasts.draftFrom(officer, { type: 'product', number })
    const made = await app.broadcasts.create(officer, plan!)
    const at = made.type === 'done' ? made.number : 0
    await app.storage.database.prisma.product.delete({ where: { id: BigInt(number) } })
    expect(await app.broadcasts.approve(officer, at, 0)).toEqual({
      type: 'problems',
      problems: [{ at: 'text', what: 'withdrawn', detail: String(number) }],
    })
  })

  it('gives everybody a place once before anybody has it twice', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const numbers: number[] = []
    for (const [index, name] of names.entries()) numbers.push(await product(name, { asked: index }))
    const told = async () =>
      [...(await composed()).text.matchAll(/produk (\d+)/g)].map(([, id]) => Number(id))
    expect(await told()).toEqual(numbers.slice(0, 6))
    now = new Date(now.getTime() + week)
    monday = now
    expect(await told()).toEqual(numbers.slice(6))
  })

  it('gives newcomers who asked for nothing their first place before anybody has a second', async () => {
    const { prisma } = app.storage.database
    const had = await product('Pernah')
    const { shopId } = await prisma.product.findUniqueOrThrow({ where: { id: BigInt(had) } })
    const of = { shopId, productId: BigInt(had) }
    const before = new Date(now.getTime() - 5 * week)
    await prisma.digestPlace.create({ data: { ...of, askedAt: before, featuredAt: before } })
    await prisma.digestPlace.create({ data: { ...of, askedAt: before } })
    const asked = await product('Minta', { asked: 1 })
    const fresh: number[] = []
    for (const name of ['a', 'b', 'c']) fresh.unshift(await product(name))
    const told = async () =>
      [...(await composed()).text.matchAll(/produk (\d+)/g)].map(([, id]) => Number(id))
    expect(await told()).toEqual([asked, ...fresh, had])
  })

  it('leaves no room for a second place where newcomers fill the digest, and keeps it for later', async () => {
    const { prisma } = app.storage.database
    const had = await product('Pernah')
    const { shopId } = await prisma.product.findUniqueOrThrow({ where: { id: BigInt(had) } })
    const of = { shopId, productId: BigInt(had) }
    const before = new Date(now.getTime() - 5 * week)
    await prisma.digestPlace.create({ data: { ...of, askedAt: before, featuredAt: before } })
    const waits = await prisma.digestPlace.create({ data: { ...of, askedAt: before } })
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await product(name)
    expect((await composed()).text).not.toContain('Pernah')
    expect(await prisma.digestPlace.findUniqueOrThrow({ where: { id: waits.id } })).toMatchObject({
      featuredAt: null,
    })
  })

  it('tells pork in the digest, and neither what is hidden nor what has no consent', async () => {
    await product('Dendeng', { halal: 'pork', asked: 1 })
    await product('Rahasia', { state: 'hidden', asked: 0 })
    await product('Tertutup', { consent: false })
    const { text } = await composed()
    expect(text).toContain('Mengandung babi (non-halal)')
    expect(text).not.toMatch(/Rahasia|Tertutup/)
  })

  it('makes one a week, and none where there is nothing to tell', async () => {
    expect((await composed()).number).toBeUndefined()
    await product('Madu')
    expect((await composed()).number).toBeDefined()
    expect((await composed()).number).toBeUndefined()
  })

  it('makes a text that is not too long however long names are', async () => {
    for (const [index, letter] of [...'abcdefg'].entries()) await product(letter.repeat(60), { asked: index })
    const long = 'z'.repeat(80)
    await app.storage.database.prisma.shop.updateMany({ data: { name: long } })
    const { text, broadcast } = await composed()
    expect(text.length).toBeLessThanOrEqual(1_400)
    expect(broadcast?.state).toBe('proposed')
    const had = await app.storage.database.prisma.digestPlace.count({ where: { featuredAt: { not: null } } })
    expect(had).toBe([...text.matchAll(/produk \d+/g)].length)
  })

  it('gives places back when an officer cancels or removes the digest', async () => {
    const asked = await product('Madu', { asked: 1 })
    const fresh = await product('Kopi')
    const { number } = await composed()
    const view = await app.broadcasts.read(second, number!)
    expect(await app.broadcasts.remove(second, view!.broadcast.number)).toMatchObject({ type: 'done' })
    now = new Date(now.getTime() + week)
    monday = now
    const { text } = await composed()
    expect([...text.matchAll(/produk (\d+)/g)].map(([, id]) => Number(id))).toEqual([asked, fresh])
    expect(await app.storage.database.prisma.digestPlace.count()).toBe(2)
  })
})

describe('createDigestDesk', () => {
  it('shows who waits in turn, who rests, and who had a place and when', async () => {
    await product('Madu', { asked: 2 })
    await product('Kopi', { asked: 1 })
    await product('Roti', { asked: 0, state: 'hidden' })
    const before = await desk().view()
    expect(before.waiting.map(({ product: name }) => name)).toEqual(['Kopi', 'Madu'])
    expect(before).toMatchObject({ resting: 1, had: [] })
    const number = await desk().compose(officer)
    const after = await desk().view()
    expect(after.waiting).toEqual([])
    expect(after.had).toMatchObject([
      { broadcast: number, featuredAt: now, isFilling: false },
      { broadcast: number, featuredAt: now, isFilling: false },
    ])
    expect(await desk().compose(officer)).toBeUndefined()
    const where = { action: 'market.digest', subject: `broadcast:${number}` }
    expect(await app.storage.database.prisma.auditEntry.count({ where })).toBe(1)
  })
})
