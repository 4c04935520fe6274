import type { Transaction } from '../../storage/database.ts'
import type { Availability, Halal, Shop } from '../product.ts'
import { type ConsentStore, createConsentStore } from './store-consents.ts'
import { createPaperStore, type PaperStore } from './store-papers.ts'
import { createPhotoStore, type PhotoStore } from './store-photos.ts'

/** A shop that is opened. */
export interface NewShop extends Pick<Shop, 'name' | 'kelurahan' | 'handover' | 'payments'> {
  readonly contactId: string
  readonly chatId: bigint
  readonly at: Date
}

/** A product as its owner wrote it. */
export interface NewProduct {
  readonly shopId: number
  readonly name: string
  readonly category: string
  readonly price: number
  readonly unit: string
  readonly availability: Availability
  readonly halal: Halal
  readonly at: Date
}

/** What happened to a product in some days. */
export interface ProductFigures {
  readonly name: string
  readonly views: number
  readonly finds: number
  readonly contacts: number
}

/** What owners write, in PostgreSQL: beside the store of the house. Callers hold the lock of the contact or of the shop. */
export interface ListingStore extends ConsentStore, PaperStore, PhotoStore {
  /** Keeps the contact from opening two shops at once. */
  lockContact(transaction: Transaction, contactId: string): Promise<void>
  /** Whether staff closed a shop of the contact's. */
  hasClosedShop(client: Transaction, contactId: string): Promise<boolean>
  openShop(transaction: Transaction, shop: NewShop): Promise<number>
  changeShop(
    transaction: Transaction,
    id: number,
    changes: Partial<Pick<Shop, 'name' | 'description' | 'kelurahan' | 'handover' | 'payments'>>,
  ): Promise<void>
  hasPhone(client: Transaction, id: number): Promise<boolean>
  /** Keeps a new product as a draft. */
  addProduct(transaction: Transaction, product: NewProduct): Promise<number>
  /** Figures of the products of a shop since a day in Kupang, the most seen first; those with none are left out. */
  figures(client: Transaction, shopId: number, since: Date): Promise<readonly ProductFigures[]>
}

/** Makes the store. */
export function createListingStore(): ListingStore {
  return { ...createConsentStore(), ...createPaperStore(), ...createPhotoStore(), ...createShopStore() }
}

type ShopStore = Omit<ListingStore, keyof ConsentStore | keyof PaperStore | keyof PhotoStore>

function createShopStore(): ShopStore {
  return {
    async lockContact(transaction, contactId) {
      await transaction.$executeRaw`SELECT 1 FROM contact WHERE id = ${contactId}::uuid FOR NO KEY UPDATE`
    },
    async hasClosedShop(client, contactId) {
      return (await client.shop.count({ where: { contactId, state: 'closed' } })) > 0
    },
    async openShop(transaction, { at, handover, payments, ...shop }) {
      const data = { ...shop, handover: [...handover], payments: [...payments], createdAt: at }
      const { id } = await transaction.shop.create({ data, select: { id: true } })
      return Number(id)
    },
    async changeShop(transaction, id, { handover, payments, ...changes }) {
      const lists = {
        ...(handover === undefined ? {} : { handover: [...handover] }),
        ...(payments === undefined ? {} : { payments: [...payments] }),
      }
      const data = { ...changes, ...lists }
      await transaction.shop.update({ where: { id: BigInt(id) }, data, select: { id: true } })
    },
    async hasPhone(client, id) {
      return (await client.shop.count({ where: { id: BigInt(id), phone: { not: null } } })) > 0
    },
    async addProduct(transaction, { at, shopId, ...product }) {
      const data = { ...product, shopId: BigInt(shopId), createdAt: at, changedAt: at }
      const { id } = await transaction.product.create({ data, select: { id: true } })
      return Number(id)
    },
    figures: readFigures,
  }
}

async function readFigures(
  client: Transaction,
  shopId: number,
  since: Date,
): Promise<readonly ProductFigures[]> {
  const products = await client.product.findMany({
    where: { shopId: BigInt(shopId) },
    select: { id: true, name: true },
  })
  const sums = await client.productDay.groupBy({
    by: ['productId'],
    where: { productId: { in: products.map(({ id }) => id) }, day: { gte: since } },
    _sum: { views: true, finds: true, contacts: true },
  })
  const names = new Map(products.map(({ id, name }) => [id, name]))
  return sums
    .map(({ productId, _sum }) => ({
      name: names.get(productId) ?? '',
      views: _sum.views ?? 0,
      finds: _sum.finds ?? 0,
      contacts: _sum.contacts ?? 0,
    }))
    .filter(({ views, finds, contacts }) => views + finds + contacts > 0)
    .sort((one, other) => other.views - one.views || other.finds - one.finds)
}
