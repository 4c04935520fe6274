import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { moveProduct } from '../move-product.ts'
import {
  type Handover,
  handovers,
  type PaymentWay,
  type ProductState,
  paymentWays,
  type Shop,
} from '../product.ts'
import { checkDescription, checkName } from './check-words.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { lockOwnShop, owner, ownShop, wordsOf } from './own-product.ts'
import { afterEdit } from './product-moves.ts'
import { shopCard } from './product-text.ts'

/** What an owner may change of a shop, one at a time. */
export const shopFields = ['name', 'description', 'kelurahan', 'handover', 'payment', 'phone'] as const
export type ShopField = (typeof shopFields)[number]

/** The contact's shop in words. */
export async function showOwnShop(deps: ListingDeps, context: OwnerContext): Promise<ActionResult> {
  const { transaction, contactId } = context
  const shop = await ownShop(deps, context)
  if (shop === undefined) {
    const isClosed = await deps.listing.hasClosedShop(transaction, contactId)
    return { outcome: isClosed ? 'closed' : 'none', values: {} }
  }
  const products = await deps.store.productsOf(transaction, shop.id)
  const hasPhone = await deps.listing.hasPhone(transaction, shop.id)
  const { places } = deps.language
  return {
    outcome: 'shop',
    values: {
      shop: shopCard(shop, { products, hasPhone, places, publicUrl: deps.publicUrl() }, wordsOf(deps)),
    },
  }
}

/** Changes one thing of the shop, and says what is now. Where what officers look at changed, its products go back to them. */
export async function changeOwnShop(
  deps: ListingDeps,
  context: OwnerContext,
  { what, value }: { readonly what: ShopField; readonly value: string },
): Promise<ActionResult> {
  const shop = await lockOwnShop(deps, context)
  if (shop === undefined) return { outcome: 'none', values: {} }
  const { transaction } = context
  const { done } = deps.listingWords()
  const changed = (text: string): ActionResult => ({ outcome: 'changed', values: { text } })
  if (what === 'phone') {
    await deps.contacts.keepPhone(transaction, shop.id, value.replace(/\D/g, ''))
    return changed(done.shop)
  }
  const read = readField(deps, shop, what, value)
  if (read.type === 'refused') return { outcome: 'refused', values: { text: read.why } }
  const { name = shop.name, description = shop.description } = read.changes
  const isRead = name !== shop.name || description !== shop.description
  const moved = isRead ? await reviewProducts(deps, context, shop.id) : []
  await deps.listing.changeShop(transaction, shop.id, read.changes)
  await deps.search.indexShop(transaction, shop.id)
  const told = [
    ...(moved.includes('waiting') ? [done.shop_to_review] : []),
    ...(moved.includes('draft') ? [done.shop_to_draft] : []),
  ]
  return changed([done.shop, ...told].join(' '))
}

/**
 * Sends what is public of a locked shop back to the officers, and makes drafts of what is hidden; what waits counts as changed, so that no
 * officer decides about it by the words of before. Returns where they went.
 */
async function reviewProducts(
  deps: Pick<ListingDeps, 'store' | 'search'>,
  { transaction, now }: OwnerContext,
  shopId: number,
): Promise<readonly ProductState[]> {
  const ids = (await deps.store.productsOf(transaction, shopId)).map(({ id }) => id)
  const moved: ProductState[] = []
  for (const id of ids.sort((one, other) => one - other)) {
    const product = await deps.store.lockProduct(transaction, id)
    if (product === undefined) continue
    const then = afterEdit(product.state, now)
    if (then.state === undefined && product.state !== 'waiting') continue
    await moveProduct(deps, transaction, id, then, { what: 'shop_renamed', at: now, doer: owner })
    if (then.state !== undefined) moved.push(then.state)
  }
  return moved
}

type ReadField =
  | { readonly type: 'refused'; readonly why: string }
  | { readonly type: 'fine'; readonly changes: Parameters<ListingDeps['listing']['changeShop']>[2] }

function readField(
  deps: ListingDeps,
  shop: Shop,
  what: Exclude<ShopField, 'phone'>,
  value: string,
): ReadField {
  const words = wordsOf(deps)
  switch (what) {
    case 'name':
    case 'description': {
      const checked = what === 'name' ? checkName(value, words) : checkDescription(value, words)
      return checked.type === 'refused' ? checked : { type: 'fine', changes: { [what]: checked.text } }
    }
    case 'kelurahan': {
      const place = deps.language.places.byCode(value)
      return { type: 'fine', changes: place === undefined ? {} : { kelurahan: place.code } }
    }
    case 'handover': {
      const ways = handovers.filter((each): each is Handover => value.split(' ').includes(each))
      return { type: 'fine', changes: ways.length === 0 ? {} : { handover: ways } }
    }
    case 'payment':
      return { type: 'fine', changes: { payments: toggled(shop.payments, value) } }
  }
}

/** One way of paying at least stays. */
function toggled(payments: readonly PaymentWay[], value: string): readonly PaymentWay[] {
  const next = paymentWays.filter((way) => payments.includes(way) !== (way === value))
  return next.length === 0 ? payments : next
}

/** Ways of paying, with a mark before those that the shop takes; the last row ends the choosing. */
export async function listPayments(deps: ListingDeps, context: OwnerContext): Promise<ActionResult> {
  const shop = await ownShop(deps, context)
  if (shop === undefined) return { outcome: 'none', values: {} }
  const { card } = deps.listingWords()
  const rows = paymentWays.map((way) => {
    const title = deps.words().payments[way]
    const isTaken = shop.payments.includes(way)
    return { way, label: isTaken ? fill(card.chosen, { title }) : title, words: title }
  })
  return { outcome: 'listed', values: { rows } }
}
