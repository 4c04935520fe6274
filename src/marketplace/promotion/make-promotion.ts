import type { ActionContext, ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { formatRupiah } from '../../language/format.ts'
import type { Transaction } from '../../storage/database.ts'
import { productPath } from '../addresses.ts'
import type { PromotionCard } from '../pictures/pictures.ts'
import type { Product, Shop } from '../product.ts'
import { isCertified } from '../store-halal.ts'
import { findOwnShown } from './own-shown.ts'
import type { PromotionDeps } from './promotion-deps.ts'

/** Draws a product of the contact's own, for a status and for a feed, and writes what is sent on with it. */
export async function makePromotion(
  deps: PromotionDeps,
  context: ActionContext<Transaction>,
  productId: number,
): Promise<ActionResult> {
  const found = await findOwnShown(deps, context, productId)
  if (found === undefined) return { outcome: 'not_shown', values: {} }
  const card = cardOf(deps, found.product, found.shop, await isCertified(context.transaction, found.product))
  const pictures = await Promise.all(
    (['status', 'feed'] as const).map((shape) => deps.pictures.promote(card, shape)),
  )
  const values = {
    name: card.name,
    picture: pictures.join(' '),
    caption: captionOf(deps, card, found.product),
  }
  return { outcome: 'made', values }
}

/** What is written on the pictures of a product. Pork is always told, and a certificate that staff verified; that there is none is not advertised. */
function cardOf(deps: PromotionDeps, product: Product, shop: Shop, isProven: boolean): PromotionCard {
  const { language, words, promotionWords, publicUrl } = deps
  const { price, place } = promotionWords()
  const isTold = product.halal === 'pork' || isProven
  return {
    photo: product.photos[0] ?? '',
    name: product.name,
    price: fill(price, { price: formatRupiah(product.price), unit: product.unit }),
    shop: shop.name,
    place: fill(place, { place: language.places.byCode(shop.kelurahan)?.name ?? shop.kelurahan }),
    halal: isTold ? words().halal[product.halal] : undefined,
    // Without the name, so that the squares of the QR code are larger.
    page: `${publicUrl()}/katalog/produk/${product.id}`,
  }
}

function captionOf(
  { promotionWords, publicUrl }: PromotionDeps,
  card: PromotionCard,
  product: Product,
): string {
  const page = `${publicUrl()}${productPath(product)}`
  const values = { ...card, halal: card.halal ?? '', page }
  const lines = promotionWords().caption.map((line) => fill(line, values).trim())
  return lines.filter((line) => line !== '').join('\n')
}
