import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { createCatalogue } from '../../../src/marketplace/catalogue/catalogue.ts'
import {
  type CatalogueStore,
  createCatalogueStore,
} from '../../../src/marketplace/catalogue/store-catalogue.ts'
import type { DayCount } from '../../../src/marketplace/day-counts.ts'
import { type MarketWords, parseMarketWords } from '../../../src/marketplace/market-words.ts'
import type { PictureForm, Pictures } from '../../../src/marketplace/pictures/pictures.ts'
import type { Availability, Halal, ProductState, Shop } from '../../../src/marketplace/product.ts'
import type { ProductSearch } from '../../../src/marketplace/search/search.ts'
import { createShopContacts } from '../../../src/marketplace/store-contact.ts'
import { createKeyring, newKeyEntry } from '../../../src/storage/keyring.ts'
import type { CataloguePagesDeps } from '../../../src/web/catalogue/catalogue-deps.ts'
import { createCataloguePages } from '../../../src/web/catalogue/catalogue-pages.ts'
import { type CatalogueTexts, parseCatalogueTexts } from '../../../src/web/catalogue/catalogue-texts.ts'
import { createPages, type Pages } from '../../../src/web/pages.ts'
import { readGround } from '../../support/test-app.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import { createFakeSearch } from './fake-search.ts'

/** What a test may say of a shop; the rest is usual. */
export interface GivenShop {
  readonly name?: string
  readonly description?: string
  readonly kelurahan?: string
  readonly state?: Shop['state']
  readonly phone?: string | undefined
  readonly consents?: readonly ('publish' | 'contact')[]
  /** Consents that were withdrawn. */
  readonly ended?: readonly ('publish' | 'contact')[]
  readonly handover?: readonly string[]
  readonly payments?: readonly string[]
}

/** What a test may say of a product. */
export interface GivenProduct {
  readonly shop?: number
  readonly name?: string
  readonly description?: string
  readonly category?: string
  readonly price?: number
  readonly unit?: string
  readonly availability?: Availability
  readonly halal?: Halal
  readonly state?: ProductState
  readonly shownAt?: Date | null
  readonly photos?: number
}

/** The catalogue's pages on a database of their own. */
export interface CatalogueWorld {
  readonly app: Hono
  readonly pages: Pages
  readonly catalogue: Hono
  readonly database: TestDatabase
  readonly texts: CatalogueTexts
  readonly words: MarketWords
  readonly clock: { now: Date; elapsed: number }
  readonly counted: DayCount[]
  /** What the search was asked for. */
  readonly asked: Parameters<ProductSearch['find']>[1][]
  /** Which readings of many rows there were. */
  readonly reads: string[]
  addShop(given?: GivenShop): Promise<number>
  addProduct(given?: GivenProduct): Promise<number>
  photoOf(product: number): Promise<string>
  get(
    path: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: string; response: Response }>
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>
  /** Empties the catalogue. */
  clear(): Promise<void>
  close(): Promise<void>
}

/** Where the pages are reached in tests. */
export const publicUrl = 'https://lopo.example'
const person = {
  'user-agent': 'Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36',
}

export interface WorldOptions {
  readonly patienceMs?: number
  readonly publicUrl?: () => string
  readonly readPicture?: Pictures['read']
  /** How the pages hear of what changes; what is kept is kept for longer then. */
  readonly hear?: (database: TestDatabase) => Promise<NonNullable<CataloguePagesDeps['onChange']>>
}

/** Opens a world. */
export async function openCatalogueWorld(options: WorldOptions = {}): Promise<CatalogueWorld> {
  const database = await createTestDatabase()
  const { prisma } = database
  const { language } = await readGround()
  const keyring = createKeyring([newKeyEntry()])
  const contacts = createShopContacts(keyring)
  const clock = { now: new Date('2026-12-07T02:00:00Z'), elapsed: 0 }
  const counted: DayCount[] = []
  const asked: CatalogueWorld['asked'] = []
  const reads: string[] = []
  const texts = parseCatalogueTexts(readFileSync('flows/content/katalog.yaml', 'utf8'))
  const words = parseMarketWords(readFileSync('flows/content/umkm.yaml', 'utf8'))
  const pages = createPages({ words: readFileSync('flows/content/laman.yaml', 'utf8'), demo: false })
  const address = options.publicUrl ?? (() => publicUrl)
  const catalogue = createCataloguePages({
    catalogue: createCatalogue({
      ...{
        store: noteReads(createCatalogueStore(prisma), reads),
        search: createFakeSearch(prisma, asked),
        contacts,
      },
      counter: { count: (counts) => void counted.push(...counts) },
      ...{ client: prisma, words: () => words, publicUrl: address, now: () => clock.now },
    }),
    ...{ texts: () => texts, words: () => words, layout: pages.layout, language },
    pictures: { read: options.readPicture ?? readFake },
    ...{ publicUrl: address, now: () => clock.now, patienceMs: options.patienceMs ?? 0 },
    elapsed: () => clock.elapsed,
    ...(options.hear && { onChange: await options.hear(database) }),
  })
  const app = new Hono().route('/katalog', catalogue)
  const addShop = (given: GivenShop = {}) => addTo(prisma, contacts, given, clock.now)
  let usualShop: number | undefined
  return {
    ...{ app, pages, catalogue, database, texts, words, clock, counted, asked, reads, addShop },
    async addProduct(given = {}) {
      usualShop ??= given.shop ?? (await addShop())
      return addProductTo(prisma, { ...given, shop: given.shop ?? usualShop }, clock.now)
    },
    async photoOf(product) {
      const { id } = await prisma.productPhoto.findFirstOrThrow({
        where: { productId: product },
        orderBy: { position: 'asc' },
      })
      return id
    },
    async get(path, headers = {}) {
      const response = await app.request(path, { headers: { ...person, ...headers } })
      return { status: response.status, body: await response.clone().text(), response }
    },
    async post(path, fields, headers = {}) {
      return app.request(path, {
        method: 'POST',
        headers: { ...person, origin: publicUrl, ...headers },
        body: new URLSearchParams(fields),
      })
    },
    async clear() {
      usualShop = undefined
      await database.owner.query('TRUNCATE shop, product, product_report, picture CASCADE')
      counted.length = 0
      asked.length = 0
      reads.length = 0
    },
    close: () => database.close(),
  }
}

function noteReads(store: CatalogueStore, reads: string[]): CatalogueStore {
  const noted =
    <Given extends readonly unknown[], Read>(name: string, read: (...given: Given) => Read) =>
    (...given: Given): Read => {
      reads.push(name)
      return read(...given)
    }
  return {
    ...store,
    overview: noted('overview', store.overview),
    newest: noted('newest', store.newest),
    list: noted('list', store.list),
    siteMapSize: noted('siteMapSize', store.siteMapSize),
    siteMapProducts: noted('siteMapProducts', store.siteMapProducts),
    siteMapShops: noted('siteMapShops', store.siteMapShops),
  }
}

async function readFake(id: string, form: PictureForm) {
  const mime = form === 'jpeg' ? 'image/jpeg' : 'image/webp'
  return { mime, bytes: new Uint8Array(Buffer.from(`${id} ${form}`)) }
}

async function addTo(
  prisma: TestDatabase['prisma'],
  contacts: ReturnType<typeof createShopContacts>,
  given: GivenShop,
  now: Date,
): Promise<number> {
  const { name = 'Dapur Contoh', description = '', kelurahan = '53.71.04.1010', state = 'active' } = given
  const { consents = ['publish', 'contact'], ended = [], phone = '6281200000001' } = given
  const consent = (purpose: string, endedAt: Date | null) => ({
    ...{ contactId: randomUUID(), chatId: 1n, purpose, textVersion: '1', startedAt: now, endedAt },
  })
  const { id } = await prisma.shop.create({
    data: {
      ...{ name, description, kelurahan, state, createdAt: now },
      handover: [...(given.handover ?? ['pickup', 'delivery'])],
      payments: [...(given.payments ?? ['cash', 'qris'])],
      consents: {
        create: [...consents.map((each) => consent(each, null)), ...ended.map((each) => consent(each, now))],
      },
    },
  })
  if (phone !== '') await contacts.keepPhone(prisma, Number(id), phone)
  return Number(id)
}

async function addProductTo(
  prisma: TestDatabase['prisma'],
  given: GivenProduct & { readonly shop: number },
  now: Date,
): Promise<number> {
  const {
    name = 'Abon sapi',
    description = '',
    category = 'makanan',
    price = 35_000,
    unit = 'bungkus',
  } = given
  const { availability = 'ready', halal = 'uncertified', state = 'shown', shownAt = now, photos = 1 } = given
  const { id } = await prisma.product.create({
    data: {
      ...{
        shopId: given.shop,
        name,
        description,
        category,
        price,
        unit,
        availability,
        halal,
        state,
        shownAt,
      },
      ...{ createdAt: now, changedAt: now },
      photos: {
        create: Array.from({ length: photos }, (_, position) => ({
          ...{ id: randomUUID(), position, width: 1080, height: 810, createdAt: now },
        })),
      },
    },
  })
  return Number(id)
}
