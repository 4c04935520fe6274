import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { contentOf } from '../../../src/app-words.ts'
import type { Values } from '../../../src/flow/action.ts'
import { createBuyingActions } from '../../../src/marketplace/buying/buying-actions.ts'
import { parseBuyingWords } from '../../../src/marketplace/buying/buying-words.ts'
import { createBuyingStore } from '../../../src/marketplace/buying/store-buying.ts'
import type { DayCount } from '../../../src/marketplace/day-counts.ts'
import { parseMarketWords } from '../../../src/marketplace/market-words.ts'
import type { FoundProducts, ProductQuery } from '../../../src/marketplace/search/search.ts'
import { createMarketStore } from '../../../src/marketplace/store.ts'
import { createShopContacts } from '../../../src/marketplace/store-contact.ts'
import { createAuditTrail } from '../../../src/staff/store.ts'
import { readFlowTexts } from '../../../src/storage/flow-files.ts'
import { createKeyring, newKeyEntry } from '../../../src/storage/keyring.ts'
import { language } from '../../language/the-language.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import { makeProduct, makeShop } from '../market-ground.ts'

const now = new Date('2026-03-02T02:00:00Z')
const keyring = createKeyring([newKeyEntry()])
const texts = await readFlowTexts()
const words = parseMarketWords(contentOf(texts, 'umkm'))
const buyingWords = parseBuyingWords(contentOf(texts, 'produk'))

let database: TestDatabase
/** What the search would find, and what it was asked. */
let found: FoundProducts
let asked: { query: ProductQuery; offset: number }[]
let counted: DayCount[]

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;[asked, counted] = [[], []]
  found = { products: [], total: 0, quality: 'exact' }
  current = actions()
  await database.pool.query('DELETE FROM shop')
})

const actions = () =>
  createBuyingActions({
    store: createMarketStore(database.prisma),
    search: {
      understand: (sentence) => ({ words: sentence, maxPrice: 50_000 }),
      find: async (_, query, { offset }) => {
        asked.push({ query, offset })
        return found
      },
      suggestCategories: () => [],
      index: async () => undefined,
      indexShop: async () => undefined,
    },
    pictures: {
      take: async () => ({ type: 'empty' }),
      read: async () => undefined,
      promote: async () => randomUUID(),
      sheet: async (photos) => `sheet-of-${photos.length}`,
      erase: async () => undefined,
    },
    words: () => words,
    buyingWords: () => buyingWords,
    language,
    audit: createAuditTrail(),
    voice: { open: async () => undefined, tellMany: async () => undefined },
    publicUrl: () => 'https://lopo.example',
    now: () => now,
    buying: createBuyingStore(),
    contacts: createShopContacts(keyring),
    days: { count: (counts) => counted.push(...counts) },
  })

let current: ReturnType<typeof actions>

type Name = keyof ReturnType<typeof actions>

function run(name: Name, input: Values = {}, contactId: string = randomUUID(), at = now) {
  return database.prisma.$transaction((transaction) =>
    current[name].run(input, { transaction, contactId, chatId: '1', channel: 'telegram', now: at }),
  )
}

/** Makes a product and has the search find it. */
async function offer(
  made: Partial<Parameters<typeof makeProduct>[1]> = {},
  shop: Parameters<typeof makeShop>[1] = {},
) {
  const shopId = await makeShop(database.prisma, shop)
  const name = made.name ?? 'Abon sapi'
  const id = await makeProduct(database.prisma, { ...made, name, shopId })
  const card = {
    ...{ id, name, price: 25_000, unit: 'bungkus', category: 'makanan', shopId, shopName: 'Dapur Contoh' },
    ...{ halal: 'uncertified' as const, availability: 'ready' as const, soldOut: false },
    isProven: false,
    ...{ kelurahan: '53.71.04.1008', photo: made.photos?.[0] },
  }
  found = { products: [card], total: 1, quality: 'exact' }
  return { id, shopId, card }
}

describe('search_products', () => {
  it('shows what the sentence looks for, with a picture where there are photos, and counts that it was found', async () => {
    const { id } = await offer({ photos: [randomUUID()] })
    const { outcome, values } = await run('search_products', { words: 'abon di bawah 50rb' })
    expect(outcome).toBe('found')
    expect(asked).toEqual([{ query: { words: 'abon di bawah 50rb', maxPrice: 50_000 }, offset: 0 }])
    expect(values).toMatchObject({ sheet: 'sheet-of-1', offset: 1 })
    expect(values.items).toEqual([
      { item: id, label: expect.stringMatching(/^Abon sapi, Rp25\.000\/bungkus, \S/) },
      { item: -3, label: buyingWords.again },
    ])
    expect(counted).toEqual([{ productId: id, what: 'finds' }])
  })

  it('says so when nothing is just that, and when there is nothing at all', async () => {
    expect(await run('search_products', { words: 'pesawat' })).toEqual({ outcome: 'none', values: {} })
    const { card } = await offer()
    found = { products: [card], total: 1, quality: 'near' }
    const near = await run('search_products', { words: 'aboon' })
    expect(near).toMatchObject({ outcome: 'near', values: { heading: buyingWords.near, sheet: '' } })
  })

  it('tells pork and what is sold out in the list, and offers to leave pork out', async () => {
    const { card } = await offer({ name: "Se'i babi", halal: 'pork' })
    found = { products: [{ ...card, halal: 'pork', soldOut: true }], total: 9, quality: 'exact' }
    const { values } = await run('search_products', { words: 'sei' })
    const labels = (values.items as readonly { label: string }[]).map(({ label }) => label)
    expect(labels[0]).toContain('(babi)')
    expect(labels[0]).toContain('(habis)')
    expect(labels.slice(1)).toEqual([buyingWords.more, buyingWords.without_pork, buyingWords.again])
  })
})

describe('open_item', () => {
  const query = JSON.stringify({ words: 'sei' })
  it('goes on where the page ended, and begins anew without pork', async () => {
    await offer()
    await run('open_item', { item: -1, query, offset: 5 })
    await run('open_item', { item: -2, query, offset: 5 })
    expect(asked).toEqual([
      { query: { words: 'sei' }, offset: 5 },
      { query: { words: 'sei', withoutPork: true }, offset: 0 },
    ])
    expect(await run('open_item', { item: -3, query, offset: 5 })).toEqual({ outcome: 'again', values: {} })
  })

  it('shows a product with all that a buyer asks, and counts the look', async () => {
    const photos = [randomUUID(), randomUUID(), randomUUID()]
    const { id } = await offer({ name: "Se'i babi", halal: 'pork', photos, description: 'Diasap semalam' })
    const { outcome, values } = await run('open_item', { item: id, query, offset: 5 })
    expect(outcome).toBe('product_with_photos')
    expect(values).toMatchObject({
      product_id: id,
      name: "Se'i babi",
      price: 'Rp25.000 / bungkus',
      halal: words.halal.pork,
      description: 'Diasap semalam',
      photo: photos[0],
      more_photos: `${photos[1]} ${photos[2]}`,
    })
    expect(values.page).toContain(`https://lopo.example/katalog/produk/${id}-sei-babi`)
    expect(counted).toEqual([{ productId: id, what: 'views' }])
  })

  it('shows as badges only papers that staff verified', async () => {
    const { id, shopId } = await offer()
    for (const [kind, state] of [
      ['nib', 'verified'],
      ['pirt', 'claimed'],
      ['halal', 'refused'],
    ] as const) {
      const data = { shopId: BigInt(shopId), kind, number: '1', state, createdAt: now }
      await database.prisma.shopPaper.create({ data })
    }
    expect((await run('open_item', { item: id, query, offset: 1 })).values.badges).toBe(words.papers.nib)
  })

  it.each(['pork', 'uncertified', 'not_food'] as const)(
    'shows no halal certificate, of its shop or its own, of what is %s',
    async (halal) => {
      const { id, shopId } = await offer({ halal })
      for (const productId of [null, BigInt(id)]) {
        const paper = { shopId: BigInt(shopId), productId, number: '1', state: 'verified', createdAt: now }
        await database.prisma.shopPaper.create({ data: { ...paper, kind: 'halal' } })
        await database.prisma.shopPaper.create({ data: { ...paper, kind: 'nib' } })
      }
      const badges = async () => (await run('open_item', { item: id, query, offset: 1 })).values.badges
      expect(await badges()).toBe(words.papers.nib)
      await database.prisma.product.update({ where: { id: BigInt(id) }, data: { halal: 'certified' } })
      expect(await badges()).toBe(`${words.papers.halal}, ${words.papers.nib}`)
    },
  )

  it.each([
    ['hidden', {}],
    ['waiting', {}],
    ['removed', {}],
    ['shown', { state: 'hidden' }],
    ['shown', { state: 'closed' }],
    ['shown', { consents: ['contact' as const] }],
  ])('shows nothing of a product that is %s in a shop with %j', async (state, shop) => {
    const { id } = await offer({ state }, shop)
    expect(await run('open_item', { item: id, query, offset: 1 })).toEqual({ outcome: 'gone', values: {} })
    expect(await run('ask_contact', { product_id: id })).toEqual({ outcome: 'gone', values: {} })
  })
})

describe('show_product', () => {
  it('tells a certificate as such once staff verified it, and as the word of the seller before', async () => {
    const proven = await offer({ halal: 'certified' })
    const claimed = await offer({ halal: 'certified', paper: 'claimed' })
    expect((await run('show_product', { product: proven.id })).values.halal).toBe(words.halal.certified)
    expect((await run('show_product', { product: claimed.id })).values.halal).toBe(
      `${words.halal.certified} (menurut penjual)`,
    )
  })

  it('reads the number out of what was written, and takes anything else for no product', async () => {
    const { id } = await offer()
    expect((await run('show_product', { product: `produk ${id}` })).values).toMatchObject({ product_id: id })
    expect((await run('show_product', { product: 'produk' })).outcome).toBe('gone')
    expect((await run('show_product', { product: '999999999999999' })).outcome).toBe('gone')
  })
})

describe('ask_contact', () => {
  const phone = () => ({ phone: keyring.seal('6281539900001') })
  it('gives a link into the chat with the owner, with words ready to send, and counts it', async () => {
    const { id } = await offer({}, phone())
    const { outcome, values } = await run('ask_contact', { product_id: id })
    expect(outcome).toBe('told')
    expect(values.link).toMatch(/^https:\/\/wa\.me\/6281539900001\?text=\S*Abon%20sapi/)
    expect(counted).toEqual([{ productId: id, what: 'contacts' }])
  })

  it('counts a contact once a day for a product', async () => {
    const { id } = await offer({}, phone())
    const [one, other] = [randomUUID(), randomUUID()]
    for (const contact of [one, one, other, one]) {
      expect((await run('ask_contact', { product_id: id }, contact)).outcome).toBe('told')
    }
    expect(counted).toHaveLength(2)
    await run('ask_contact', { product_id: id }, one, new Date(now.getTime() + 86_400_000))
    expect(counted).toHaveLength(3)
  })

  it('gives nobody the numbers of more than fifteen products a day', async () => {
    const { id, shopId } = await offer({}, phone())
    const contact = randomUUID()
    const ask = async (product: number, at = now) =>
      (await run('ask_contact', { product_id: product }, contact, at)).outcome
    const ids = [id]
    while (ids.length < 16) ids.push(await makeProduct(database.prisma, { shopId, name: 'Kue' }))
    for (const product of ids.slice(0, 15)) expect(await ask(product)).toBe('told')
    expect(await ask(ids[15]!)).toBe('too_many')
    expect(await ask(id)).toBe('told')
    expect(counted).toHaveLength(15)
    expect((await run('ask_contact', { product_id: ids[15]! })).outcome).toBe('told')
    expect(await ask(ids[15]!, new Date(now.getTime() + 86_400_000))).toBe('told')
  })

  it('gives no number without the consent to it', async () => {
    const { id } = await offer({}, { ...phone(), consents: ['publish'] })
    expect(await run('ask_contact', { product_id: id })).toEqual({ outcome: 'not_given', values: {} })
    expect(counted).toEqual([])
  })
})

describe('list_products', () => {
  it('lists by category, nearness and shop', async () => {
    const { id, shopId } = await offer()
    await run('list_products', { by: 'category', value: 'kue' })
    await run('list_products', { by: 'near', value: '53.71.04.1008' })
    await run('list_products', { by: 'shop_of', value: id })
    await run('list_products', { by: 'new', value: '' })
    expect(asked.map(({ query }) => query)).toEqual([
      { words: '', category: 'kue' },
      { words: '', near: '53.71.04.1008' },
      { words: '', shopId },
      { words: '' },
    ])
  })

  it('knows only categories with something to see', async () => {
    await offer({ category: 'kue' })
    await offer({ category: 'tenun', state: 'hidden' })
    const { shopId } = await offer({ category: 'minuman' })
    await database.prisma.shopConsent.updateMany({
      where: { shopId: BigInt(shopId) },
      data: { endedAt: now },
    })
    const { values } = await run('list_categories')
    expect(values.categories).toEqual([{ category: 'kue', label: words.categories.kue?.title }])
  })
})

describe('report_product', () => {
  it('takes one report of a product a person until it is settled, and five a day', async () => {
    const { id, shopId } = await offer()
    const contactId = randomUUID()
    const report = (product_id: number) =>
      run('report_product', { product_id, reason: 'fraud', report: 'tidak dikirim' }, contactId)
    expect((await report(id)).outcome).toBe('reported')
    expect((await report(id)).outcome).toBe('already')
    for (let other = 0; other < 4; other++) {
      const next = await makeProduct(database.prisma, { shopId, name: `Kue ${other}` })
      expect((await report(next)).outcome).toBe('reported')
    }
    const last = await makeProduct(database.prisma, { shopId, name: 'Kue terakhir' })
    expect((await report(last)).outcome).toBe('too_many')
    expect(await database.prisma.productReport.count()).toBe(5)
  })
})
