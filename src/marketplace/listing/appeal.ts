import type { ActionResult } from '../../flow/action.ts'
import { moveProduct } from '../move-product.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { lockOwnProduct, owner } from './own-product.ts'

const longest = 500

/** Takes what an owner says against a removal; a later word takes the place of one that is not answered yet. */
export async function appealRemoval(
  deps: ListingDeps,
  context: OwnerContext,
  { product_id, words }: { readonly product_id: number; readonly words: string },
): Promise<ActionResult> {
  const own = await lockOwnProduct(deps, context, product_id)
  if (own === undefined) return { outcome: 'unknown', values: {} }
  const { refusals } = deps.listingWords()
  if (own.product.state !== 'removed') return { outcome: 'refused', values: { text: refusals.not_removed } }
  const appeal = words.toWellFormed().trim()
  if (!/\p{L}{2}/u.test(appeal) || appeal.length > longest)
    return { outcome: 'refused', values: { text: refusals.appeal } }
  const { transaction, now } = context
  const step = { what: 'appealed', at: now, doer: owner }
  await moveProduct(deps, transaction, own.product.id, { appeal, appealedAt: now }, step)
  return { outcome: 'noted', values: {} }
}
