import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createMarketDesk } from '../../../src/marketplace/desk/create-market-desk.ts'
import type { MarketDeskDeps } from '../../../src/marketplace/desk/market-desk-deps.ts'
import { parseOwnerWords } from '../../../src/marketplace/desk/owner-words.ts'
import { createMarketDeskStore } from '../../../src/marketplace/desk/store-desk.ts'
import type { MarketVoice } from '../../../src/marketplace/market-voice.ts'
import { parseMarketWords } from '../../../src/marketplace/market-words.ts'
import type { ProductState } from '../../../src/marketplace/product.ts'
import { createMarketStore } from '../../../src/marketplace/store.ts'
import type { Officer } from '../../../src/staff/officer.ts'
import { createAuditTrail } from '../../../src/staff/store.ts'
import { createTestDatabase } from '../../support/test-database.ts'

/** Monday, 10.00 in Kupang. */
export const monday = new Date('2026-12-07T10:00:00+08:00')
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export const ina: Officer = { id: 'id-ina', name: 'Ina Umkm', roles: ['umkm'] }
export const oma: Officer = { id: 'id-oma', name: 'Oma Umkm', roles: ['umkm'] }

/** A product that a test makes; what is left out is as of a sound one that waits. */
export interface GivenProduct {
  readonly name?: string
  readonly description?: string
  readonly category?: string
  readonly price?: number
  readonly unit?: string
  readonly halal?: string
  readonly state?: ProductState
  readonly appeal?: string
  readonly submittedAt?: Date
  readonly photos?: number
}

/** The desk of the marketplace on a database of its own, with a clock that is moved by hand. */
export async function openMarketDeskWorld() {
  const database = await createTestDatabase()
  const { prisma } = database
  const clock = { now: monday }
  const told: { chatId: bigint; text: string; buttons: readonly { words: string }[]; purpose: string }[] = []
  const indexed: number[] = []
  const words = parseMarketWords(readFileSync('flows/content/umkm.yaml', 'utf8'))
  const ownerWords = parseOwnerWords(readFileSync('flows/content/umkm-kabar.yaml', 'utf8'))
  const voice: MarketVoice = {
    open: async () => undefined,
    async tellMany(_, messages, purpose) {
      for (const { chatId, text, buttons = [] } of messages) told.push({ chatId, text, buttons, purpose })
    },
  }
  const deps: MarketDeskDeps = {
    store: createMarketStore(prisma),
    desk: createMarketDeskStore(),
    search: {
      understand: () => ({ words: '' }),
      find: async () => ({ products: [], total: 0, quality: 'exact' }),
      suggestCategories: () => [],
      index: async (_, ids) => void indexed.push(...ids),
      indexShop: async (_, id) => void indexed.push(-id),
    },
    ...{ voice, audit: createAuditTrail(), words: () => words, ownerWords: () => ownerWords },
    quietHours: () => ({ from: 21, to: 8 }),
    publicUrl: () => 'https://lopo.example',
    now: () => clock.now,
  }
  const desk = createMarketDesk(deps)
  let chats = 100n

  async function shop(
    given: { name?: string; kelurahan?: string; state?: string; publish?: boolean; chat?: boolean } = {},
  ): Promise<number> {
    chats += 1n
    const chatId = given.chat === false ? null : chats
    const contactId = randomUUID()
    const { id } = await prisma.shop.create({
      data: {
        ...{ contactId, chatId, name: given.name ?? `Toko ${chats}`, state: given.state ?? 'active' },
        ...{ kelurahan: given.kelurahan ?? '53.71.03.1001', handover: ['pickup'], payments: ['cash'] },
        createdAt: clock.now,
        ...(given.publish === false
          ? {}
          : {
              consents: {
                create: {
                  contactId,
                  chatId: chats,
                  purpose: 'publish',
                  textVersion: '1',
                  startedAt: clock.now,
                },
              },
            }),
      },
    })
    return Number(id)
  }

  async function product(shopId: number, given: GivenProduct = {}): Promise<number> {
    const { photos = 1, state = 'waiting', submittedAt = clock.now, ...rest } = given
    const { id } = await prisma.product.create({
      data: {
        ...{ name: 'Keripik pisang', description: 'Renyah.', category: 'makanan', price: 20_000 },
        ...{ unit: 'bungkus', availability: 'ready', halal: 'uncertified' },
        ...rest,
        ...{ shopId: BigInt(shopId), state, submittedAt, createdAt: clock.now, changedAt: clock.now },
        ...(given.appeal === undefined ? {} : { appealedAt: clock.now }),
        photos: {
          create: Array.from({ length: photos }, (_, position) => ({
            ...{ id: randomUUID(), position, width: 1080, height: 1080, createdAt: clock.now },
          })),
        },
      },
    })
    return Number(id)
  }

  return {
    ...{ prisma, clock, deps, desk, words, ownerWords, told, indexed, shop, product },
    read: async (id: number) => (await desk.read(ina, id))!,
    versionOf: async (id: number) =>
      (await prisma.product.findUniqueOrThrow({ where: { id: BigInt(id) } })).version,
    stateOf: async (id: number) =>
      (await prisma.product.findUniqueOrThrow({ where: { id: BigInt(id) } })).state,
    trail: () =>
      prisma.auditEntry.findMany({
        where: { action: { startsWith: 'market.' } },
        orderBy: { id: 'asc' },
        select: { action: true, subject: true, details: true, actorId: true },
      }),
    report: (productId: number, given: { reason?: string; words?: string; at?: Date } = {}) =>
      prisma.productReport.create({
        data: {
          ...{ productId: BigInt(productId), reason: given.reason ?? 'fraud', words: given.words ?? '' },
          at: given.at ?? clock.now,
        },
      }),
    paper: async (
      shopId: number,
      given: { kind?: string; number?: string; state?: string; productId?: number } = {},
    ) =>
      Number(
        (
          await prisma.shopPaper.create({
            data: {
              ...{
                shopId: BigInt(shopId),
                kind: given.kind ?? 'nib',
                number: given.number ?? '1234567890123',
              },
              ...{ state: given.state ?? 'claimed', createdAt: clock.now },
              productId: given.productId === undefined ? null : BigInt(given.productId),
            },
          })
        ).id,
      ),
    chatOf: async (shopId: number) =>
      (await prisma.shop.findUniqueOrThrow({ where: { id: BigInt(shopId) } })).chatId!,
    async clear() {
      await prisma.shop.deleteMany()
      await prisma.productReport.deleteMany()
      await prisma.productDay.deleteMany()
      await prisma.marketNotice.deleteMany()
      told.length = 0
      indexed.length = 0
      clock.now = monday
    },
    close: () => database.close(),
  }
}

export type MarketDeskWorld = Awaited<ReturnType<typeof openMarketDeskWorld>>
