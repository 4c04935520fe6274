import type { ActionContext, ActionResult } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import type { BuyingDeps } from './buying-deps.ts'
import { findPublic } from './show-product.ts'

const dayMs = 86_400_000
/** Whoever reports more in a day is no buyer. */
const mostADay = 5
const longestReport = 500

/** Notes that a listing is wrong; officers look at it. Whoever made it is told nothing, and not who told. */
export async function reportProduct(
  deps: BuyingDeps,
  { transaction, contactId, now }: ActionContext<Transaction>,
  input: { readonly product_id: number; readonly reason: string; readonly report: string | null },
): Promise<ActionResult> {
  const found = await findPublic(deps, transaction, input.product_id)
  if (found === undefined) return { outcome: 'gone', values: {} }
  const productId = found.product.id
  const since = new Date(now.getTime() - dayMs)
  const { all, same } = await deps.buying.reportsOf(transaction, contactId, productId, since)
  if (same > 0) return { outcome: 'already', values: {} }
  if (all >= mostADay) return { outcome: 'too_many', values: {} }
  const reason = Object.hasOwn(deps.words().reports, input.reason) ? input.reason : 'other'
  const words = (input.report ?? '').slice(0, longestReport)
  await deps.buying.report(transaction, { productId, contactId, reason, words, at: now })
  return { outcome: 'reported', values: {} }
}
