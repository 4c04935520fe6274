import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { parseConfig } from '../src/config.ts'
import { createLanguage } from '../src/language/language.ts'
import { normalise } from '../src/language/normalise.ts'
import { createLogger } from '../src/log.ts'
import { parseMarketWords } from '../src/marketplace/market-words.ts'
import { createProductSearch } from '../src/marketplace/search/product-search.ts'
import { readFlowTexts } from '../src/storage/flow-files.ts'
import { openStorage } from '../src/storage/open-storage.ts'
import { type Spread, spreadOf } from './lib/figures.ts'
import { machine } from './lib/machine.ts'
import { type Goods, makeGoods, makeShops } from './lib/market-goods.ts'
import { formatFigure, formatTable } from './lib/table.ts'
import { formatVerdicts, judge } from './lib/target.ts'

// Queries with typing errors, written before any result was seen, against synthetic products of 2,500 shops. Each is asked alone, one after
// the other. `=` wants the one product of that name among the first five; `~` wants all of the first five to have these words in their names.
const { values: options } = parseArgs({
  options: {
    products: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '3' },
    misses: { type: 'boolean', default: false },
  },
})
const count = Number(options.products)
const shopCount = Math.ceil(count / 20)
const batch = 1_000
const first = 5

/** A query, and what is wanted of the names found for it. */
interface Asked {
  readonly query: string
  readonly wanted: string
  /** How many of the first five can be right. */
  readonly most: number
  isRight(name: string): boolean
}

/** How well one way of searching did. Times in milliseconds. */
interface Result extends Spread {
  readonly who: string
  /** Mean over queries of the share of what is right that is among the first five. */
  readonly recall: number
  readonly missed: readonly string[]
}

const before = machine()
const texts = await readFlowTexts()
const language = createLanguage(texts.language)
const marketWords = parseMarketWords(
  texts.content.find(({ path }) => path === 'flows/content/umkm.yaml')?.text ?? '',
)
const search = createProductSearch({ language, words: () => marketWords })
const goods = makeGoods(count, shopCount)
const asked = await readQueries(goods)
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'lopo-bench-'))
const storage = await openStorage(parseConfig({ LOPO_DATA_DIR: dataDir, PORT: '0' }), createLogger('error'))
try {
  const { prisma, owner, pool } = storage.database
  await fill(owner)
  const since = performance.now()
  for (let at = 0; at < count; at += batch) {
    const ids = Array.from({ length: Math.min(batch, count - at) }, (_, index) => at + index + 1)
    await prisma.$transaction((transaction) => search.index(transaction, ids))
  }
  const indexSeconds = (performance.now() - since) / 1_000
  // What the peer needs.
  await owner.query('CREATE INDEX bench_product_name ON product USING gin (lower(name) gin_trgm_ops)')
  await owner.query('VACUUM ANALYZE')
  const lopo = await measure('Lopo', async (sentence) => {
    const query = search.understand(sentence)
    const { products } = await search.find(prisma, query, { offset: 0, limit: first })
    return products.map(({ name }) => name)
  })
  const similar = await measure('pg_trgm, ORDER BY similarity', (sentence) => bySimilarity(pool, sentence), 1)
  const contained = await measure('ILIKE every word', (sentence) => byContaining(pool, sentence), 1)
  report([lopo, similar, contained], indexSeconds)
} finally {
  await storage.close()
  await rm(dataDir, { recursive: true, force: true })
}

function report(results: readonly Result[], indexSeconds: number): void {
  const [lopo] = results
  const verdicts = judge([
    { name: 'recall@5, %', value: (lopo?.recall ?? 0) * 100, is: 'at least', limit: 95 },
    { name: 'p99 of a search, ms', value: lopo?.p99, is: 'at most', limit: 30 },
  ])
  const lines = results.map(({ who, count, recall, p50, p99, max }) => [
    ...[who, String(count), formatFigure(recall * 100)],
    ...[p50, p99, max].map((value) => formatFigure(value)),
  ])
  const table = formatTable(['who', 'searches', 'recall@5 %', 'p50 ms', 'p99 ms', 'max ms'], lines)
  const note = `${formatFigure(count, 0)} products indexed in ${formatFigure(indexSeconds)} s; ${asked.length} queries`
  const missed = options.misses ? `missed:\n${(lopo?.missed ?? []).join('\n')}` : ''
  process.stderr.write(`${[table, note, missed, formatVerdicts(verdicts)].filter(Boolean).join('\n\n')}\n`)
  const figures = results.map(({ missed, ...figures }) => ({ ...figures, missed: missed.length }))
  process.stdout.write(
    `${JSON.stringify({ bench: 'search', ...before, products: count, queries: asked.length, indexSeconds, results: figures, targets: verdicts })}\n`,
  )
}

/** Asks everything once to warm up, and then so many rounds that count. */
async function measure(
  who: string,
  find: (sentence: string) => Promise<readonly string[]>,
  rounds = Number(options.rounds),
): Promise<Result> {
  const missed: string[] = []
  let sum = 0
  for (const { query, wanted, most, isRight } of asked) {
    const names = await find(query)
    const share = Math.min(1, names.slice(0, first).filter(isRight).length / most)
    sum += share
    if (share < 1) missed.push(`${share.toFixed(1)}  ${query}  (${wanted})  -> ${names.join(' | ')}`)
  }
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const { query } of asked) {
      const since = performance.now()
      await find(query)
      times.push(performance.now() - since)
    }
  }
  return { who, ...spreadOf(times), recall: sum / asked.length, missed }
}

async function bySimilarity(pool: pg.Pool, sentence: string): Promise<readonly string[]> {
  const { rows } = await pool.query(
    'SELECT name FROM product ORDER BY similarity(lower(name), lower($1)) DESC, id LIMIT $2',
    [sentence, first],
  )
  return rows.map(({ name }) => String(name))
}

async function byContaining(pool: pg.Pool, sentence: string): Promise<readonly string[]> {
  const patterns = sentence.split(' ').map((word) => `%${word}%`)
  const { rows } = await pool.query(
    'SELECT name FROM product WHERE lower(name) LIKE ALL ($1) ORDER BY id LIMIT $2',
    [patterns.map((pattern) => pattern.toLowerCase()), first],
  )
  return rows.map(({ name }) => String(name))
}

async function readQueries(all: readonly Goods[]): Promise<readonly Asked[]> {
  const text = await readFile(path.join(import.meta.dirname, 'data/search-queries.tsv'), 'utf8')
  const names = all.map(({ name }) => name)
  const wordsOf = new Map(names.map((name) => [name, new Set(normalise(name).tokens)]))
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [query = '', wanted = ''] = line.split('\t')
      const words = normalise(wanted.slice(1)).tokens
      const isRight = wanted.startsWith('=')
        ? (name: string) => name === wanted.slice(1)
        : (name: string) => words.every((word) => wordsOf.get(name)?.has(word))
      const there = names.filter(isRight).length
      // A smaller set may not have it.
      if (there === 0 && count >= 50_000) throw new Error(`no product is "${wanted}"`)
      return { query, wanted, most: Math.min(first, there), isRight }
    })
    .filter(({ most }) => most > 0)
}

/** Shops that agree to be published, and their products: all of them public. */
async function fill(owner: pg.Pool): Promise<void> {
  const kelurahan = language.places.all.map(({ code }) => code)
  const shops = makeShops(shopCount, kelurahan)
  const contact = randomUUID()
  await owner.query(
    `INSERT INTO shop (id, name, kelurahan) SELECT ord, name, kelurahan
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS s(name, kelurahan, ord)`,
    [shops.map(({ name }) => name), shops.map(({ kelurahan }) => kelurahan)],
  )
  await owner.query(
    `INSERT INTO shop_consent (shop_id, contact_id, chat_id, purpose, text_version, started_at)
     SELECT id, $1, 1, 'publish', 'bench', now() FROM shop`,
    [contact],
  )
  await owner.query(
    `INSERT INTO product (id, shop_id, name, description, category, price, unit, availability, halal, state, created_at, changed_at, shown_at)
     SELECT id + 1, shop + 1, name, description, category, price, unit, availability, halal,
       CASE WHEN "soldOut" THEN 'sold_out' ELSE 'shown' END, now(), now(), now() - id * interval '1 minute'
     FROM jsonb_to_recordset($1::jsonb) AS g(id int, shop int, name text, description text, category text, price int, unit text,
       availability text, halal text, "soldOut" boolean)`,
    [JSON.stringify(goods)],
  )
}
