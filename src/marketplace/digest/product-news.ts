import { formatRupiah } from '../../language/format.ts'
import type { Transaction } from '../../storage/database.ts'
import { productPath } from '../addresses.ts'
import type { MarketDeps } from '../market-deps.ts'
import type { Product, Shop } from '../product.ts'
import { isCertified } from '../store-halal.ts'

/** What others may tell of a product: `values` are words by name, such as `name`, `price`, `shop`, `kelurahan`, `halal`, `page`. */
export interface ProductNews {
  readonly number: number
  /** Of `halal` the empty text where there is nothing to tell; `halal_note` is the same with a comma before it. */
  readonly values: Readonly<Record<string, string>>
  /** Id of its first photo in the picture store, which chats can send. */
  readonly photo: string | undefined
}

export interface ProductNewsDeps extends Pick<MarketDeps, 'store' | 'words' | 'publicUrl'> {
  readonly placeName: (code: string) => string | undefined
}

/** A product that anybody may see now; undefined for any other, and for one that is sold out. */
export async function findProductNews(
  deps: ProductNewsDeps,
  client: Transaction,
  number: number,
): Promise<ProductNews | undefined> {
  const { store } = deps
  const product = Number.isSafeInteger(number) ? await store.product(client, number) : undefined
  if (product === undefined || product.state !== 'shown') return undefined
  const shop = await store.shop(client, product.shopId)
  if (shop === undefined || shop.state !== 'active' || !shop.consents.includes('publish')) return undefined
  return newsOf(deps, product, shop, await isCertified(client, product))
}

function newsOf(
  { words, publicUrl, placeName }: ProductNewsDeps,
  product: Product,
  shop: Shop,
  isProven: boolean,
): ProductNews {
  const { id: number, halal } = product
  // Pork is told wherever the product is.
  const isSilent = halal === 'not_food' || (halal === 'certified' && !isProven)
  const told = isSilent ? '' : words().halal[halal]
  const values = {
    number: String(number),
    ...{ name: plain(product.name), shop: plain(shop.name) },
    price: `${formatRupiah(product.price)} / ${plain(product.unit)}`,
    kelurahan: placeName(shop.kelurahan) ?? shop.kelurahan,
    ...{ halal: told, halal_note: told === '' ? '' : `, ${told}` },
    page: `${publicUrl()}${productPath(product)}`,
  }
  return { number, values, photo: product.photos[0] }
}

/** What an owner wrote is never taken for a variable of the text around it. */
function plain(text: string): string {
  return text.replaceAll(/[{}]/g, '')
}
