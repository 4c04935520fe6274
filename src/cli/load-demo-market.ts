import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { type DemoProduct, type DemoShop, demoMarket } from '../../prisma/demo-market.ts'
import { demoPicturesEach, drawDemoPicture } from '../../prisma/demo-pictures.ts'
import type { App } from '../app.ts'
import { type FormBytes, keyOfForm, makeForms } from '../marketplace/pictures/picture-forms.ts'
import { createProductSearch } from '../marketplace/search/product-search.ts'
import type { Transaction } from '../storage/database.ts'

const dayMs = 86_400_000
const atOnce = 16

/**
 * Loads so many synthetic shops with products and drawn pictures, but for those that are there, where no other shop is: a line for
 * each thing to try.
 */
export async function loadDemoMarket(app: App, size: number): Promise<readonly string[]> {
  const { prisma } = app.storage.database
  const all = demoMarket(app.language.places.all)
  const known = new Set((await prisma.shop.findMany({ select: { name: true } })).map(({ name }) => name))
  const isMixed = [...known].some((name) => all.every((shop) => shop.name !== name))
  const shops = isMixed ? [] : all.slice(0, size).filter(({ name }) => !known.has(name))
  if (shops.length === 0) return []
  const products = shops.flatMap((shop) => shop.products.map((product) => ({ product, photo: randomUUID() })))
  const forms = await drawForms(products.map(({ product }) => product))
  await writePhotos(app, products, forms)
  await prisma.$transaction((transaction) => writeShops(app, transaction, shops, products), {
    timeout: 60_000,
  })
  const count = products.length.toLocaleString('en')
  return [`marketplace: ${shops.length} shops, ${count} products; to find one, write: ada jual se'i sapi?`]
}

interface Placed {
  readonly product: DemoProduct
  readonly photo: string
}

const nameOf = ({ category, picture }: DemoProduct) => `${category} ${picture % demoPicturesEach}`

/** The forms of each picture that some product has: many share one. */
async function drawForms(
  products: readonly DemoProduct[],
): Promise<ReadonlyMap<string, readonly FormBytes[]>> {
  const wanted = new Map(products.map((product) => [nameOf(product), product]))
  const drawn = await Promise.all(
    [...wanted].map(async ([name, { category, picture }]) => {
      const svg = Buffer.from(drawDemoPicture(category, picture))
      const { data, info } = await sharp(svg)
        .flatten({ background: '#ffffff' })
        .raw()
        .toBuffer({ resolveWithObject: true })
      const { width, height } = info
      return [name, await makeForms({ pixels: data, width, height, channels: 3 })] as const
    }),
  )
  return new Map(drawn)
}

async function writePhotos(
  { pictureFiles }: App,
  products: readonly Placed[],
  forms: ReadonlyMap<string, readonly FormBytes[]>,
): Promise<void> {
  const waiting = products.flatMap(({ product, photo }) =>
    (forms.get(nameOf(product)) ?? []).map((form) => ({ key: keyOfForm(photo, form.form), form })),
  )
  const write = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      await pictureFiles.write(next.key, next.form)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, write))
}

async function writeShops(
  app: App,
  transaction: Transaction,
  shops: readonly DemoShop[],
  placed: readonly Placed[],
): Promise<void> {
  const now = app.now()
  const rows = await writeOwners(app, transaction, shops)
  const shopOf = new Map(rows.map(({ name, id }) => [name, id]))
  let at = 0
  const made = shops.flatMap((shop) =>
    shop.products.map(() => {
      const { product, photo } = placed[at++] ?? { product: undefined, photo: '' }
      return { product, photo, shopId: shopOf.get(shop.name) ?? 0n }
    }),
  )
  const known = made.flatMap((each) =>
    each.product === undefined ? [] : [{ ...each, product: each.product }],
  )
  const ids = await writeProducts(transaction, known, now)
  await createProductSearch({ language: app.language, words: app.market.words }).index(transaction, ids)
}

/** Owners without a chat, who agreed to everything. */
async function writeOwners(
  app: App,
  transaction: Transaction,
  shops: readonly DemoShop[],
): Promise<readonly { readonly id: bigint; readonly name: string }[]> {
  const [now, { consents }] = [app.now(), app.market.words()]
  const owners = shops.map(() => randomUUID())
  await transaction.contact.createMany({ data: owners.map((id) => ({ id })) })
  const rows = await transaction.shop.createManyAndReturn({
    data: shops.map((shop, at) => ({
      contactId: owners[at] ?? null,
      ...{ name: shop.name, description: shop.description, kelurahan: shop.kelurahan.code },
      ...{ handover: [...shop.handover], payments: [...shop.payments] },
      phone: app.storage.keyring.seal(shop.phone),
      createdAt: new Date(now.getTime() - 61 * dayMs),
      askedAt: now,
    })),
    select: { id: true, name: true, contactId: true },
  })
  const agreed = rows.flatMap(({ id, contactId }) =>
    (['publish', 'contact'] as const).map((purpose) => ({
      ...{ shopId: id, contactId: contactId ?? '', chatId: 0n, purpose, startedAt: now },
      textVersion: consents[purpose].version,
    })),
  )
  await transaction.shopConsent.createMany({ data: agreed })
  return rows
}

async function writeProducts(
  transaction: Transaction,
  placed: readonly (Placed & { readonly shopId: bigint })[],
  now: Date,
): Promise<readonly number[]> {
  const rows = await transaction.product.createManyAndReturn({
    data: placed.map(({ product, shopId }) => {
      const { picture: _, daysAgo, views: __, ...told } = product
      const at = new Date(now.getTime() - daysAgo * dayMs)
      const shown = product.state === 'waiting' ? {} : { shownAt: at, decidedAt: at, confirmedAt: now }
      return {
        ...{ ...told, ...shown, shopId, createdAt: at, changedAt: at, submittedAt: at },
        reason: product.state === 'hidden' ? 'owner' : null,
      }
    }),
    select: { id: true, shopId: true, name: true },
  })
  const idOf = new Map(rows.map(({ id, shopId, name }) => [`${shopId} ${name}`, id]))
  const made = placed.flatMap(({ product, photo, shopId }) => {
    const id = idOf.get(`${shopId} ${product.name}`)
    return id === undefined ? [] : [{ id, shopId, product, photo }]
  })
  await writeBeside(transaction, made, now)
  return rows.map(({ id }) => Number(id))
}

interface MadeProduct extends Placed {
  readonly id: bigint
  readonly shopId: bigint
}

/** Photos, certificates, the history and the views of the last week. */
async function writeBeside(transaction: Transaction, made: readonly MadeProduct[], now: Date): Promise<void> {
  await transaction.picture.createMany({
    data: made.map(({ photo }) => ({ id: photo, kind: 'photo', createdAt: now })),
  })
  await transaction.productPhoto.createMany({
    data: made.map(({ id, photo }) => ({
      ...{ id: photo, productId: id, position: 0, width: 640, height: 640, createdAt: now },
    })),
  })
  await transaction.productChange.createMany({
    data: made.map(({ id, product }) => ({
      productId: id,
      at: new Date(now.getTime() - product.daysAgo * dayMs),
      ...{ byType: 'owner', what: 'submitted' },
    })),
  })
  const certified = made.filter(({ product }) => product.halal === 'certified')
  await transaction.shopPaper.createMany({
    data: certified.map(({ id, shopId }, at) => ({
      ...{ shopId, productId: id, kind: 'halal', number: `CONTOH-${String(at + 1).padStart(6, '0')}` },
      ...{ state: 'verified', createdAt: now, decidedAt: now, decidedBy: 'demo' },
    })),
  })
  const local = new Date(now.getTime() + 8 * 3_600_000)
  const day = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()))
  await transaction.productDay.createMany({
    data: made.map(({ id, product: { views } }) => ({
      ...{ productId: id, day, views, finds: views * 2, contacts: Math.floor(views / 6) },
    })),
  })
}
