import type { Action, ActionContext, ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { formatRupiah } from '../../language/format.ts'
import type { Transaction } from '../../storage/database.ts'
import { askDigestPlace } from './ask-digest-place.ts'
import { makePromotion } from './make-promotion.ts'
import { isPublic } from './own-shown.ts'
import { promotionContracts as contracts } from './promotion-contracts.ts'
import type { PromotionDeps } from './promotion-deps.ts'

/** How owners make their products known. */
export function createPromotionActions(
  deps: PromotionDeps,
): Record<keyof typeof contracts, Action<Transaction>> {
  return {
    list_promotable: {
      contract: contracts.list_promotable,
      run: (_, context) => listPromotable(deps, context),
    },
    make_promotion: {
      contract: contracts.make_promotion,
      run: (input, context) =>
        makePromotion(deps, context, contracts.make_promotion.inputs.parse(input).product_id),
    },
    ask_digest_place: {
      contract: contracts.ask_digest_place,
      run: (input, context) =>
        askDigestPlace(deps, context, contracts.ask_digest_place.inputs.parse(input).product_id),
    },
  }
}

async function listPromotable(
  { store, promotionWords }: PromotionDeps,
  { transaction, contactId }: ActionContext<Transaction>,
): Promise<ActionResult> {
  const shop = await store.shopOfContact(transaction, contactId)
  if (shop === undefined) return { outcome: 'no_shop', values: {} }
  const products = await store.productsOf(transaction, shop.id)
  const shown = isPublic(shop) ? products.filter(({ state }) => state === 'shown') : []
  const [first] = shown
  if (first === undefined) return { outcome: 'none', values: {} }
  if (shown.length === 1) return { outcome: 'one', values: { product_id: first.id } }
  const label = promotionWords().price
  const rows = shown.map(({ id, name, price, unit }) => ({
    product_id: id,
    label: `${name}, ${fill(label, { price: formatRupiah(price), unit })}`,
  }))
  return { outcome: 'some', values: { products: rows } }
}
