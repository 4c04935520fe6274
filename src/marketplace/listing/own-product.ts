import type { Product, ProductDoer, Shop } from '../product.ts'
import type { CheckingWords } from './check-words.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'

/** Whoever owns a shop takes the steps of its products. */
export const owner: ProductDoer = { type: 'owner' }

/** The contact's shop; undefined where there is none. */
export function ownShop(
  { store }: Pick<ListingDeps, 'store'>,
  { transaction, contactId }: OwnerContext,
): Promise<Shop | undefined> {
  return store.shopOfContact(transaction, contactId)
}

/** The contact's shop, locked. */
export async function lockOwnShop(
  deps: Pick<ListingDeps, 'store'>,
  context: OwnerContext,
): Promise<Shop | undefined> {
  const shop = await ownShop(deps, context)
  const locked = shop && (await deps.store.lockShop(context.transaction, shop.id))
  // It may have been given to somebody else, or closed, while this waited.
  return locked?.contactId === context.contactId && locked.state !== 'closed' ? locked : undefined
}

/** A product of the contact's own, for reading; undefined for any other. */
export async function ownProduct(
  deps: Pick<ListingDeps, 'store'>,
  context: OwnerContext,
  id: number,
): Promise<Product | undefined> {
  const shop = await ownShop(deps, context)
  const product = shop && isId(id) ? await deps.store.product(context.transaction, id) : undefined
  return product?.shopId === shop?.id ? product : undefined
}

/** The same, locked together with its shop. */
export async function lockOwnProduct(
  deps: Pick<ListingDeps, 'store'>,
  context: OwnerContext,
  id: number,
): Promise<{ readonly shop: Shop; readonly product: Product } | undefined> {
  const shop = await lockOwnShop(deps, context)
  if (shop === undefined || !isId(id)) return undefined
  const product = await deps.store.lockProduct(context.transaction, id)
  return product?.shopId === shop.id ? { shop, product } : undefined
}

/** A number that a person may have written may be any. */
function isId(id: number): boolean {
  return Number.isSafeInteger(id) && id > 0
}

/** Both files of words as they are now. */
export function wordsOf({ words, listingWords }: Pick<ListingDeps, 'words' | 'listingWords'>): CheckingWords {
  return { market: words(), listing: listingWords() }
}
