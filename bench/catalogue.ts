import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'
import type pg from 'pg'
import { z } from 'zod'
import { parseConfig } from '../src/config.ts'
import { createLanguage } from '../src/language/language.ts'
import { createLogger } from '../src/log.ts'
import { productPath } from '../src/marketplace/addresses.ts'
import { createCatalogue } from '../src/marketplace/catalogue/catalogue.ts'
import { createCatalogueStore } from '../src/marketplace/catalogue/store-catalogue.ts'
import { createDayCounter } from '../src/marketplace/day-counts.ts'
import { parseMarketWords } from '../src/marketplace/market-words.ts'
import { createProductSearch } from '../src/marketplace/search/product-search.ts'
import { createWriteDays } from '../src/marketplace/store-days.ts'
import { readFlowTexts } from '../src/storage/flow-files.ts'
import { openStorage } from '../src/storage/open-storage.ts'
import { pageSize } from '../src/web/catalogue/catalogue-deps.ts'
import { createCataloguePages } from '../src/web/catalogue/catalogue-pages.ts'
import { parseCatalogueTexts } from '../src/web/catalogue/catalogue-texts.ts'
import { pageAddress } from '../src/web/catalogue/list-view.ts'
import { createPages } from '../src/web/pages.ts'
import { createWebServer } from '../src/web/web-server.ts'
import { type Spread, spreadOf } from './lib/figures.ts'
import { machine } from './lib/machine.ts'
import { type Goods, makeGoods, makeShops } from './lib/market-goods.ts'
import { formatFigure, formatTable } from './lib/table.ts'
import { formatVerdicts, judge } from './lib/target.ts'

// Pages of the catalogue over real HTTP, fifty in flight: each is asked for as soon as the one before is there. A file that the same server
// holds in memory is what a page can be held against.
const { values: options } = parseArgs({
  options: {
    products: { type: 'string', default: '12000' },
    seconds: { type: 'string', default: '4' },
    lanes: { type: 'string', default: '50' },
    only: { type: 'string', default: '' },
  },
})
const count = Number(options.products)
const lanes = Number(options.lanes)
const shopCount = Math.ceil(count / 20)
let seed = 20_261_207
const batch = 1_000
const warmUpMs = 1_500
const loadShape = z.object({ times: z.array(z.number()), bytes: z.number(), wrong: z.number() })

/** What came of a kind of page. Times in milliseconds, bytes of an answer as it went over the wire. */
interface Result extends Spread {
  readonly who: string
  readonly perSecond: number
  readonly bytes: number
  readonly wrong: number
  /** Of the server's thread, for an answer: what other programs do at the same time counts little. */
  readonly cpuMs: number
}

const before = machine()
const texts = await readFlowTexts()
const contentOf = (name: string) =>
  texts.content.find(({ path }) => path === `flows/content/${name}.yaml`)?.text ?? ''
const language = createLanguage(texts.language)
const words = parseMarketWords(contentOf('umkm'))
const catalogueTexts = parseCatalogueTexts(contentOf('katalog'))
const goods = makeGoods(count, shopCount)
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'lopo-bench-'))
const log = createLogger('error')
const storage = await openStorage(parseConfig({ LOPO_DATA_DIR: dataDir, PORT: '0' }), log)
const { prisma, owner } = storage.database
const search = createProductSearch({ language, words: () => words })
const now = () => new Date()
const counter = createDayCounter({
  write: createWriteDays(prisma),
  now,
  onError: (error) => log.error(error),
})
try {
  await fill(owner)
  for (let at = 0; at < count; at += batch) {
    const ids = Array.from({ length: Math.min(batch, count - at) }, (_, index) => at + index + 1)
    await prisma.$transaction((transaction) => search.index(transaction, ids))
  }
  await owner.query('VACUUM ANALYZE')
  report(await measureAll())
} finally {
  await counter.stop()
  await storage.close()
  await rm(dataDir, { recursive: true, force: true })
}

async function measureAll(): Promise<readonly Result[]> {
  const pages = createPages({ words: contentOf('laman'), demo: false })
  const publicUrl = () => 'https://lopo.example'
  const shared = { words: () => words, publicUrl, now }
  const contacts = { phone: async () => undefined }
  const store = createCatalogueStore(prisma)
  const catalogue = createCatalogue({ ...shared, store, search, contacts, counter, client: prisma })
  const cataloguePages = createCataloguePages({
    ...{ ...shared, catalogue, language, layout: pages.layout, texts: () => catalogueTexts },
    pictures: { read: async () => undefined },
    // Nothing changes meanwhile.
    onChange: () => undefined,
  })
  const health = async () => true
  const server = createWebServer({
    ...pages,
    cataloguePages,
    chat: new Hono(),
    health,
    host: '127.0.0.1',
    log,
  })
  const url = (await server.listen(0)).replace('localhost', '127.0.0.1')
  try {
    const results: Result[] = []
    const all = Object.entries({ 'a file in memory': [pages.assets.href('style')], ...(await kinds()) })
    for (const [who, paths] of all.filter(([who]) => who.includes(options.only))) {
      results.push(await measure(who, url, paths))
    }
    return results
  } finally {
    await server.close()
  }
}

/** Addresses by kind, in the order in which they are asked for. */
async function kinds(): Promise<Readonly<Record<string, readonly string[]>>> {
  const queries = await readQueries()
  const find = (query: string) => `/katalog/cari?q=${encodeURIComponent(query)}`
  const names = shuffled(goods).map(({ name }) => name)
  const categories = Object.keys(words.categories).flatMap((code) => {
    const pages = Math.ceil(goods.filter(({ category }) => category === code).length / pageSize)
    return Array.from({ length: pages }, (_, page) => pageAddress(`/katalog/golongan/${code}`, page + 1))
  })
  return {
    'first page': ['/katalog'],
    'search, 200 queries': shuffled(queries).map(find),
    'product, popular ones': Array.from({ length: 5_000 }, () => addressOf(popular())),
    'product, any': shuffled(goods).map(addressOf),
    'category, any page': shuffled(categories),
    'search, never asked before': names.map((name, index) =>
      find(`${name} ${index % 7 === 0 ? 'murah' : ''}`),
    ),
  }
}

function addressOf({ id, name }: Goods): string {
  return productPath({ id: id + 1, name })
}

/** Some are looked at far more often than others: half of the looks go to a hundredth of the products. */
function popular(): Goods {
  const place = Math.floor(count ** random()) - 1
  const one = goods[(Math.max(0, place) * 7_919) % count]
  if (one === undefined) throw new Error('no such product')
  return one
}

async function readQueries(): Promise<readonly string[]> {
  const text = await readFile(path.join(import.meta.dirname, 'data/search-queries.tsv'), 'utf8')
  const lines = text.trim().split('\n').slice(1)
  return lines.map((line) => line.split('\t')[0] ?? '').filter((query) => query !== '')
}

/** A number from 0 to below 1, the same in every run. */
function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}

function shuffled<T>(all: readonly T[]): readonly T[] {
  return all
    .map((value) => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value)
}

async function measure(who: string, url: string, paths: readonly string[]): Promise<Result> {
  const measureMs = Number(options.seconds) * 1_000
  const workerData = { url, paths, lanes, warmUpMs, measureMs }
  const since = process.threadCpuUsage()
  const worker = new Worker(new URL('./lib/http-load.ts', import.meta.url), { workerData })
  const answer = await new Promise<unknown>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  const { times, bytes, wrong } = loadShape.parse(answer)
  const { user, system } = process.threadCpuUsage(since)
  // The warm-up is as quick as the rest.
  const cpuMs = (((user + system) / 1_000) * measureMs) / (measureMs + warmUpMs) / times.length
  const perSecond = (times.length / measureMs) * 1_000
  return { who, ...spreadOf(times), perSecond, bytes: bytes / times.length, wrong, cpuMs }
}

function report(results: readonly Result[]): void {
  const limit = 50
  const wanted = ['first page', 'search, 200 queries', 'product, popular ones', 'product, any']
  const verdicts = judge([
    ...wanted.map((who) => ({
      ...{ name: `p99, ${who}, ms`, is: 'at most' as const, limit },
      value: results.find((result) => result.who === who)?.p99,
    })),
    {
      ...{ name: 'answers that were not the page', is: 'at most', limit: 0 },
      value: results.reduce((sum, { wrong }) => sum + wrong, 0),
    },
  ])
  const lines = results.map(({ who, count, perSecond, p50, p99, max, bytes, cpuMs }) => [
    ...[who, String(count), formatFigure(perSecond)],
    ...[p50, p99, max].map((value) => formatFigure(value)),
    formatFigure(bytes, 0),
    formatFigure(cpuMs),
  ])
  const heads = ['page', 'answers', 'per second', 'p50 ms', 'p99 ms', 'max ms', 'bytes, zipped', 'thread ms']
  const note = `${formatFigure(count, 0)} products of ${formatFigure(shopCount, 0)} shops, ${lanes} in flight`
  process.stderr.write(`${[formatTable(heads, lines), note, formatVerdicts(verdicts)].join('\n\n')}\n`)
  process.stdout.write(
    `${JSON.stringify({ bench: 'catalogue', ...before, products: count, lanes, results, targets: verdicts })}\n`,
  )
}

/** Shops that agree to be published, and their products with a photo each: all of them public. */
async function fill(owner: pg.Pool): Promise<void> {
  const shops = makeShops(
    shopCount,
    language.places.all.map(({ code }) => code),
  )
  await owner.query(
    `INSERT INTO shop (id, name, kelurahan) SELECT ord, name, kelurahan
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS s(name, kelurahan, ord)`,
    [shops.map(({ name }) => name), shops.map(({ kelurahan }) => kelurahan)],
  )
  await owner.query(
    `INSERT INTO shop_consent (shop_id, contact_id, chat_id, purpose, text_version, started_at)
     SELECT id, $1, 1, 'publish', 'bench', now() FROM shop`,
    [randomUUID()],
  )
  await owner.query(
    `INSERT INTO product (id, shop_id, name, description, category, price, unit, availability, halal, state, created_at, changed_at, shown_at)
     SELECT id + 1, shop + 1, name, description, category, price, unit, availability, halal,
       CASE WHEN "soldOut" THEN 'sold_out' ELSE 'shown' END, now(), now(), now() - id * interval '1 minute'
     FROM jsonb_to_recordset($1::jsonb) AS g(id int, shop int, name text, description text, category text, price int, unit text,
       availability text, halal text, "soldOut" boolean)`,
    [JSON.stringify(goods)],
  )
  await owner.query(
    `INSERT INTO product_photo (id, product_id, position, width, height, created_at)
     SELECT gen_random_uuid(), id, 0, 1080, 1080, now() FROM product`,
  )
}
