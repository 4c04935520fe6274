import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { formatRupiah } from '../../language/format.ts'
import type { Transaction } from '../../storage/database.ts'
import { productPath } from '../addresses.ts'
import { type Product, publicStates, type Shop } from '../product.ts'
import { isCertified } from '../store-halal.ts'
import type { BuyingDeps } from './buying-deps.ts'

/** A product that anybody may see, and its shop; undefined where it is hidden, gone, or its owner no longer agrees. */
export async function findPublic(
  { store }: Pick<BuyingDeps, 'store'>,
  client: Transaction,
  productId: number,
): Promise<{ readonly product: Product; readonly shop: Shop } | undefined> {
  if (!Number.isSafeInteger(productId)) return undefined
  const product = await store.product(client, productId)
  if (product === undefined || !publicStates.some((state) => state === product.state)) return undefined
  const shop = await store.shop(client, product.shopId)
  return shop?.state === 'active' && shop.consents.includes('publish') ? { product, shop } : undefined
}

/** Shows one product: what it is, costs, whether it contains pork, whose it is, with its photo and its page. */
export async function showProduct(
  deps: BuyingDeps,
  transaction: Transaction,
  productId: number,
): Promise<ActionResult> {
  const found = await findPublic(deps, transaction, productId)
  if (found === undefined) return { outcome: 'gone', values: {} }
  const { product, shop } = found
  deps.days.count([{ productId: product.id, what: 'views' }])
  const [photo = '', ...others] = product.photos
  const badges = await deps.buying.badges(transaction, product)
  return {
    outcome: others.length > 0 ? 'product_with_photos' : 'product',
    values: {
      product_id: product.id,
      ...textsOf(deps, product, shop, await isCertified(transaction, product)),
      badges: badges.map((kind) => paperTitle(deps, kind)).join(', '),
      photo,
      more_photos: others.join(' '),
    },
  }
}

function textsOf(
  { words, buyingWords, language, publicUrl }: BuyingDeps,
  product: Product,
  shop: Shop,
  isProven: boolean,
) {
  const { availability, halal, handover, payments } = words()
  const texts = buyingWords().product
  return {
    name: product.name,
    price: fill(texts.price, { price: formatRupiah(product.price), unit: product.unit }),
    availability: product.state === 'sold_out' ? texts.sold_out : availability[product.availability],
    halal: halalText(halal[product.halal], product, isProven, texts.claimed),
    shop: shop.name,
    place: language.places.byCode(shop.kelurahan)?.name ?? '',
    ways: [...shop.handover.map((way) => handover[way]), ...shop.payments.map((way) => payments[way])].join(
      ' · ',
    ),
    description: product.description,
    page: fill(texts.page, { link: publicUrl() + productPath(product) }),
  }
}

/** What is told of halal; a certificate that no officer has seen is the seller's word. */
function halalText(title: string, { halal }: Product, isProven: boolean, claimed: string): string {
  if (halal === 'not_food') return ''
  return halal === 'certified' && !isProven ? fill(claimed, { halal: title }) : title
}

function paperTitle({ words }: BuyingDeps, kind: string): string {
  const { papers } = words()
  return Object.entries(papers).find(([name]) => name === kind)?.[1] ?? kind
}
