import type { ActionContext, ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { formatNumber } from '../../language/format.ts'
import type { Transaction } from '../../storage/database.ts'
import { findOwnShown } from './own-shown.ts'
import type { PromotionDeps } from './promotion-deps.ts'

/** Puts a product of the contact's own in line for the weekly digest. A shop waits for one place, whatever of it is to be there. */
export async function askDigestPlace(
  deps: PromotionDeps,
  context: ActionContext<Transaction>,
  productId: number,
): Promise<ActionResult> {
  const { store, promotion } = deps
  const { transaction, now } = context
  const found = await findOwnShown(deps, context, productId)
  if (found === undefined) return { outcome: 'not_shown', values: {} }
  const { product, shop } = found
  await store.lockShop(transaction, shop.id)
  const waiting = await promotion.waiting(transaction, shop.id)
  if (waiting === undefined) await promotion.ask(transaction, shop.id, product.id, now)
  else if (waiting.productId !== product.id) {
    await promotion.change(transaction, waiting.placeId, product.id)
  }
  const before = beforeText(deps, await promotion.countBefore(transaction, shop.id))
  const values = { name: product.name, before }
  if (waiting === undefined) return { outcome: 'placed', values }
  return { outcome: waiting.productId === product.id ? 'waiting' : 'changed', values }
}

function beforeText({ promotionWords }: PromotionDeps, count: number): string {
  const { none, some } = promotionWords().before
  return count === 0 ? none : fill(some, { count: formatNumber(count) })
}
