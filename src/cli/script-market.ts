import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Address } from '../channels/channel.ts'
import type { Effect } from '../flow/script.ts'
import { availabilities, consentPurposes, halalStates, productStates } from '../marketplace/product.ts'
import { createProductSearch } from '../marketplace/search/product-search.ts'
import { createShopContacts } from '../marketplace/store-contact.ts'
import type { Transaction } from '../storage/database.ts'

const figure = z.coerce.number().int().nonnegative()

const product = z.strictObject({
  nama: z.string(),
  harga: figure,
  satuan: z.string().default('bungkus'),
  golongan: z.string().default('makanan'),
  keterangan: z.string().default(''),
  ketersediaan: z.enum(availabilities).default('ready'),
  halal: z.enum(halalStates).default('uncertified'),
  keadaan: z.enum(productStates).default('shown'),
  /** Of a hidden one: `owner` or `unconfirmed`; of one to be fixed or removed: the officer's reason. */
  alasan: z.string().optional(),
  keberatan: z.string().optional(),
  /** How many photos it has. */
  foto: figure.default(0),
  /** When it was first shown; a week before the script unless told. */
  tampil_sejak: z.iso.datetime({ offset: true }).optional(),
  /** Weekly questions that nobody answered. */
  tak_dijawab: figure.default(0),
  dilihat: figure.default(0),
  /** So many of the same kind, numbered. */
  sebanyak: figure.default(1),
})

/** A product as often as it says, each with a number of its own. */
function repeat(one: z.infer<typeof product>): readonly z.infer<typeof product>[] {
  if (one.sebanyak === 1) return [one]
  return Array.from({ length: one.sebanyak }, (_, at) => ({ ...one, nama: `${one.nama} ${at + 1}` }))
}

/** A shop of a fixture, with its products; they are numbered from 1001 in the order of the fixtures. */
export const shopFixture = z.strictObject({
  usaha: z.string(),
  kelurahan: z.string(),
  /** `warga`: whoever talks in the script. `lain`: somebody else. */
  pemilik: z.enum(['warga', 'lain']).default('lain'),
  keadaan: z.enum(['active', 'hidden', 'closed']).default('active'),
  izin: z.array(z.enum(consentPurposes)).default([...consentPurposes]),
  telepon: z
    .string()
    .regex(/^62\d+$/)
    .optional(),
  produk: z
    .array(product)
    .default([])
    .transform((products) => products.flatMap(repeat)),
})
type ShopFixture = z.infer<typeof shopFixture>

const weekMs = 7 * 86_400_000

/** Makes the shop; the number of the last product that there is now. */
export async function loadShop(
  app: App,
  shop: ShopFixture,
  { resident, last }: { readonly resident: Address | undefined; readonly last: number },
): Promise<number> {
  const { storage, language, now } = app
  const place = language.places.byName(shop.kelurahan)
  if (place === undefined) throw new Error(`no kelurahan is called ${shop.kelurahan}`)
  const photos = await takePhotos(app, shop)
  return storage.database.prisma.$transaction(async (transaction) => {
    const owner = await ownerOf(transaction, shop.pemilik === 'warga' ? resident : undefined)
    const { id } = await transaction.shop.create({
      data: {
        ...{ ...owner, name: shop.usaha, kelurahan: place.code, state: shop.keadaan, createdAt: now() },
        ...{ handover: ['pickup'], payments: ['cash'] },
        consents: { create: consentsOf(app, shop, owner) },
      },
      select: { id: true },
    })
    if (shop.telepon !== undefined)
      await createShopContacts(storage.keyring).keepPhone(transaction, Number(id), shop.telepon)
    const numbers: number[] = []
    for (const [at, each] of shop.produk.entries()) {
      const number = last + 1 + at
      await makeProduct(transaction, {
        number,
        shopId: id,
        product: each,
        photos: photos[at] ?? [],
        now: now(),
      })
      numbers.push(number)
    }
    await createProductSearch({ language, words: app.market.words }).index(transaction, numbers)
    return last + numbers.length
  })
}

/** Products of fixtures begin here, far from those that scripts make. */
export const firstProduct = 1_001

interface Owner {
  readonly contactId: string
  readonly chatId: bigint
}

/** Whoever has the shop; a chat that they have not written in yet. */
async function ownerOf(transaction: Transaction, address: Address | undefined): Promise<Owner> {
  const { channel, account, id } = address ?? { channel: 'terminal', account: 'lain', id: randomUUID() }
  const at = { channel, account, externalId: id }
  const known = await transaction.chat.findUnique({ where: { channel_account_externalId: at } })
  if (known !== null) return { contactId: known.contactId, chatId: known.id }
  const contact = await transaction.contact.create({ data: { id: randomUUID() }, select: { id: true } })
  const chat = await transaction.chat.create({ data: { ...at, contactId: contact.id }, select: { id: true } })
  return { contactId: contact.id, chatId: chat.id }
}

function consentsOf({ market, now }: App, { izin }: ShopFixture, owner: Owner) {
  const { consents } = market.words()
  return izin.map((purpose) => ({
    ...{ purpose, ...owner, startedAt: now(), textVersion: consents[purpose].version },
  }))
}

interface Made {
  readonly number: number
  readonly shopId: bigint
  readonly product: z.infer<typeof product>
  readonly photos: readonly { readonly id: string; readonly width: number; readonly height: number }[]
  readonly now: Date
}

async function makeProduct(
  transaction: Transaction,
  { number, shopId, product: made, photos, now }: Made,
): Promise<void> {
  const before = new Date(now.getTime() - weekMs)
  const shownAt = made.tampil_sejak === undefined ? before : new Date(made.tampil_sejak)
  const wasShown = made.keadaan !== 'draft' && made.keadaan !== 'waiting' && made.keadaan !== 'needs_fix'
  const id = BigInt(number)
  await transaction.product.create({
    data: {
      ...{ id, shopId, name: made.nama, price: made.harga, unit: made.satuan, category: made.golongan },
      ...{ description: made.keterangan, availability: made.ketersediaan, halal: made.halal },
      ...{ state: made.keadaan, reason: made.alasan ?? null, appeal: made.keberatan ?? null },
      ...{ misses: made.tak_dijawab, createdAt: shownAt, changedAt: shownAt },
      ...{ submittedAt: made.keadaan === 'draft' ? null : shownAt, shownAt: wasShown ? shownAt : null },
      photos: { create: photos.map((photo, position) => ({ ...photo, position, createdAt: shownAt })) },
    },
    select: { id: true },
  })
  if (made.dilihat > 0) {
    const local = new Date(now.getTime() + 8 * 3_600_000)
    const day = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()))
    await transaction.productDay.create({ data: { productId: id, day, views: made.dilihat } })
  }
}

async function takePhotos(app: App, { produk }: ShopFixture): Promise<Made['photos'][]> {
  const all: Made['photos'][] = []
  for (const { foto } of produk) {
    const taken = []
    for (let count = 0; count < foto; count++) {
      const photo = await app.market.pictures.take(await drawPhoto(count))
      if (photo.type !== 'taken') throw new Error(`a photo of the fixtures is ${photo.type}`)
      taken.push({ id: photo.id, width: photo.width, height: photo.height })
    }
    all.push(taken)
  }
  return all
}

/** A photo as somebody may send it: each number has a colour of its own. */
export async function drawPhoto(number: number): Promise<Uint8Array<ArrayBuffer>> {
  const background = { r: (number * 67) % 256, g: 120, b: 90 }
  const drawn = sharp({ create: { width: 320, height: 240, channels: 3, background } })
  return new Uint8Array(await drawn.jpeg().toBuffer())
}

/** Counts products by their state: `effect: { name: produk, keadaan: waiting, jumlah: 1 }`; of any state where none is told. */
export async function countProducts({ storage }: App, { keadaan }: Effect): Promise<number> {
  const states = keadaan === undefined ? productStates : [z.enum(productStates).parse(keadaan)]
  return storage.database.prisma.product.count({ where: { state: { in: [...states] } } })
}
