import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { moveProduct } from '../move-product.ts'
import type { Product } from '../product.ts'
import type { ProductChanges } from '../store-writes.ts'
import type { CheckingWords } from './check-words.ts'
import { type EditableField, type Edited, editField } from './edit-product.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { sameProduct } from './listing-draft.ts'
import { lockOwnProduct, owner, wordsOf } from './own-product.ts'
import { afterEdit } from './product-moves.ts'
import { priceText } from './product-text.ts'
import { readCertificate } from './read-certificate.ts'

/** Changes one thing of a product, and says what is now. What officers look at goes back to them. */
export async function editOwnProduct(
  deps: ListingDeps,
  context: OwnerContext,
  {
    product_id,
    what,
    value,
    number,
  }: {
    readonly product_id: number
    readonly what: EditableField
    readonly value: string | number
    readonly number?: string | undefined
  },
): Promise<ActionResult> {
  const own = await lockOwnProduct(deps, context, product_id)
  if (own === undefined) return { outcome: 'unknown', values: {} }
  const words = wordsOf(deps)
  const { product } = own
  if (product.state === 'removed') return refused(words.listing.refusals.removed)
  const isCertified = what === 'halal' && value === 'certified'
  const certificate = isCertified ? readCertificate(number ?? '') : undefined
  if (isCertified && certificate === undefined) return refused(words.listing.refusals.certificate)
  const edited = editField(product, what, value, words)
  if (edited.type === 'refused') return refused(edited.why)
  const same = await namesake(deps, context, product, edited)
  if (same !== undefined) return refused(fill(words.listing.refusals.same, { name: same.name }))
  if (edited.type === 'same') return { outcome: 'changed', values: { text: words.listing.done.nothing } }
  const { changes, details, isSeen, note } = edited
  const then = await noteEdit(deps, context, product, { what, changes, details, isSeen })
  if (certificate !== undefined) await claim(deps, context, product, certificate)
  const text = toldOf({ ...product, ...changes, ...then }, product, words)
  return { outcome: 'changed', values: { text: note === undefined ? text : `${text} ${note}` } }
}

/** Another product of the shop that is called what this one is to be called. */
async function namesake(
  { store }: Pick<ListingDeps, 'store'>,
  { transaction }: Pick<OwnerContext, 'transaction'>,
  { id, shopId }: Product,
  edited: Edited,
): Promise<Product | undefined> {
  if (edited.type !== 'changed' || edited.changes.name === undefined) return undefined
  const others = (await store.productsOf(transaction, shopId)).filter((other) => other.id !== id)
  return sameProduct(edited.changes.name, others)
}

/** Writes a change of a locked product, and moves it to where it then stands. */
export async function noteEdit(
  deps: Pick<ListingDeps, 'store' | 'search'>,
  { transaction, now }: Pick<OwnerContext, 'transaction' | 'now'>,
  product: Product,
  edit: {
    readonly what: string
    readonly changes: ProductChanges
    readonly details?: string
    readonly isSeen: boolean
  },
): Promise<Pick<ProductChanges, 'state'>> {
  const then = edit.isSeen ? afterEdit(product.state, now) : {}
  const step = { what: edit.what, details: edit.details, at: now, doer: owner }
  await moveProduct(deps, transaction, product.id, { ...edit.changes, ...then }, step)
  return then.state === undefined ? {} : { state: then.state }
}

/** What a change made of a product, in words. */
function toldOf(
  now: Pick<Product, 'name' | 'price' | 'unit' | 'state'>,
  before: Pick<Product, 'price' | 'state'>,
  words: CheckingWords,
): string {
  const { done } = words.listing
  const { name, state } = now
  if (state !== before.state) return fill(state === 'waiting' ? done.to_review : done.to_draft, { name })
  if (now.price !== before.price) return fill(done.price, { name, price: priceText(now, words) })
  return fill(done.changed, { name })
}

function claim(
  { listing }: ListingDeps,
  { transaction, now }: OwnerContext,
  { id, shopId }: Product,
  number: string,
): Promise<void> {
  return listing.claimPaper(transaction, { shopId, productId: id, kind: 'halal', number, at: now })
}

function refused(text: string): ActionResult {
  return { outcome: 'refused', values: { text } }
}
