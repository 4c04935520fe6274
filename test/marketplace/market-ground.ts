import { randomUUID } from 'node:crypto'
import type { Transaction } from '../../src/storage/database.ts'

/** A shop of a test; consents are in force from the beginning. */
export interface MadeShop {
  readonly name?: string
  readonly kelurahan?: string
  readonly state?: string
  readonly consents?: readonly ('publish' | 'contact')[]
  readonly phone?: Uint8Array<ArrayBuffer>
  readonly contactId?: string
  readonly chatId?: bigint
}

/** A product of a test. */
export interface MadeProduct {
  readonly shopId: number
  readonly name: string
  readonly category?: string
  readonly price?: number
  readonly unit?: string
  readonly halal?: string
  /** Where the certificate of a certified one stands; verified when left out. */
  readonly paper?: 'verified' | 'claimed'
  readonly availability?: string
  readonly state?: string
  readonly photos?: readonly string[]
  readonly description?: string
}

const at = new Date('2026-03-02T01:00:00Z')

/** Writes a shop as it would stand after an owner opened it. */
export async function makeShop(prisma: Transaction, made: MadeShop = {}): Promise<number> {
  const { consents = ['publish', 'contact'], contactId = randomUUID() } = made
  const row = await prisma.shop.create({
    data: {
      contactId,
      chatId: made.chatId ?? null,
      name: made.name ?? 'Dapur Contoh',
      kelurahan: made.kelurahan ?? '53.71.04.1008',
      state: made.state ?? 'active',
      phone: made.phone ?? null,
      handover: ['pickup'],
      payments: ['cash'],
      createdAt: at,
      consents: {
        create: consents.map((purpose) => ({
          ...{ purpose, contactId, chatId: made.chatId ?? 1n, textVersion: 'test', startedAt: at },
        })),
      },
    },
    select: { id: true },
  })
  return Number(row.id)
}

/** Writes a product as it would stand after an officer approved it. */
export async function makeProduct(prisma: Transaction, made: MadeProduct): Promise<number> {
  const { photos = [], shopId, paper = 'verified', ...more } = made
  const row = await prisma.product.create({
    data: {
      ...{ category: 'makanan', price: 25_000, unit: 'bungkus', halal: 'uncertified' },
      ...{ availability: 'ready', state: 'shown', createdAt: at, changedAt: at, shownAt: at },
      ...more,
      shopId: BigInt(shopId),
      photos: {
        create: photos.map((id, position) => ({ id, position, width: 800, height: 800, createdAt: at })),
      },
    },
    select: { id: true },
  })
  if (made.halal === 'certified')
    await prisma.shopPaper.create({
      data: {
        ...{ shopId: BigInt(shopId), productId: row.id, kind: 'halal', number: 'ID1' },
        ...{ state: paper, createdAt: at },
      },
    })
  return Number(row.id)
}
