import type { ActionResult } from '../../flow/action.ts'
import type { Product } from '../product.ts'
import { tokensOf } from '../words-in-text.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { matchProducts } from './match-products.ts'
import { ownProduct, ownShop, wordsOf } from './own-product.ts'
import { isPublic, productCard, productRows } from './product-text.ts'

interface Which {
  readonly which: 'all' | 'public'
}

/** The products of the contact's shop, the newest first. */
export async function listOwnProducts(
  deps: ListingDeps,
  context: OwnerContext,
  { which }: Which,
): Promise<ActionResult> {
  const products = await productsOf(deps, context, which)
  if (products.length === 0) return { outcome: 'none', values: {} }
  return { outcome: 'listed', values: { rows: productRows(products, wordsOf(deps)) } }
}

/** The product that a few words name, typing errors forgiven. */
export async function findOwnProduct(
  deps: ListingDeps,
  context: OwnerContext,
  { words, which }: Which & { readonly words: string },
): Promise<ActionResult> {
  const products = await productsOf(deps, context, which)
  if (products.length === 0) return { outcome: 'none', values: {} }
  const { fillers } = deps.listingWords().reading
  const target = tokensOf(words).filter((token) => !fillers.includes(token))
  const found = matchProducts(target, products)
  const [only, ...others] = found
  if (only === undefined) return { outcome: 'unknown', values: {} }
  if (others.length === 0) return { outcome: 'found', values: { product_id: only.id } }
  return { outcome: 'several', values: { rows: productRows(found, wordsOf(deps)) } }
}

/** One product as its owner reads it; the outcome is its state. */
export async function showOwnProduct(
  deps: ListingDeps,
  context: OwnerContext,
  { product_id }: { readonly product_id: number },
): Promise<ActionResult> {
  const product = await ownProduct(deps, context, product_id)
  if (product === undefined) return { outcome: 'unknown', values: {} }
  const values = {
    product_id: product.id,
    name: product.name,
    card: productCard(product, wordsOf(deps)),
    pictures: product.photos.join(' '),
  }
  return { outcome: product.state, values }
}

async function productsOf(
  deps: ListingDeps,
  context: OwnerContext,
  which: Which['which'],
): Promise<readonly Product[]> {
  const shop = await ownShop(deps, context)
  const products = shop ? await deps.store.productsOf(context.transaction, shop.id) : []
  return which === 'all' ? products : products.filter(isPublic)
}
