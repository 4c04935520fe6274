import type { Transaction } from '../storage/database.ts'
import type { Product, Shop } from './product.ts'
import { productOf, productParts, shopOf, shopParts } from './store-rows.ts'

/** What is read of shops and products. */
export interface MarketReads {
  shop(client: Transaction, id: number): Promise<Shop | undefined>
  /** The contact's shop: the first that is not closed. */
  shopOfContact(client: Transaction, contactId: string): Promise<Shop | undefined>
  /** Keeps others from changing the shop and its products until the end of the transaction. */
  lockShop(transaction: Transaction, id: number): Promise<Shop | undefined>
  product(client: Transaction, id: number): Promise<Product | undefined>
  /** Locks it, and reads it as it then is. */
  lockProduct(transaction: Transaction, id: number): Promise<Product | undefined>
  /** Products of a shop, the newest first. */
  productsOf(client: Transaction, shopId: number): Promise<readonly Product[]>
}

/** Makes them. */
export function createMarketReads(): MarketReads {
  const shop = async (client: Transaction, id: number) => {
    const row = await client.shop.findUnique({ where: { id: BigInt(id) }, include: shopParts })
    return row === null ? undefined : shopOf(row)
  }
  const product = async (client: Transaction, id: number) => {
    const row = await client.product.findUnique({ where: { id: BigInt(id) }, include: productParts })
    return row === null ? undefined : productOf(row)
  }
  return {
    shop,
    async shopOfContact(client, contactId) {
      const row = await client.shop.findFirst({
        where: { contactId, state: { not: 'closed' } },
        include: shopParts,
        orderBy: { id: 'asc' },
      })
      return row === null ? undefined : shopOf(row)
    },
    async lockShop(transaction, id) {
      await transaction.$queryRaw`SELECT 1 FROM shop WHERE id = ${BigInt(id)} FOR UPDATE`
      return shop(transaction, id)
    },
    product,
    async lockProduct(transaction, id) {
      await transaction.$queryRaw`SELECT 1 FROM product WHERE id = ${BigInt(id)} FOR UPDATE`
      return product(transaction, id)
    },
    async productsOf(client, shopId) {
      const rows = await client.product.findMany({
        where: { shopId: BigInt(shopId) },
        include: productParts,
        orderBy: { id: 'desc' },
      })
      return rows.map(productOf)
    },
  }
}
