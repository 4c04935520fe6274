import type { ActionContext } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Product, Shop } from '../product.ts'
import type { PromotionDeps } from './promotion-deps.ts'

/** A product, and the contact's shop that it is of. */
export interface OwnShown {
  readonly product: Product
  readonly shop: Shop
}

/** Whether anybody may see what a shop has. */
export function isPublic(shop: Shop): boolean {
  return shop.state === 'active' && shop.consents.includes('publish')
}

/** Finds a product that is the contact's own, and that anybody may see. */
export async function findOwnShown(
  { store }: Pick<PromotionDeps, 'store'>,
  { transaction, contactId }: ActionContext<Transaction>,
  productId: number,
): Promise<OwnShown | undefined> {
  const product = await store.product(transaction, productId)
  const shop = product === undefined ? undefined : await store.shop(transaction, product.shopId)
  if (product === undefined || shop === undefined || shop.contactId !== contactId) return undefined
  return isPublic(shop) && product.state === 'shown' ? { product, shop } : undefined
}
