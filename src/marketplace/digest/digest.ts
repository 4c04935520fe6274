import type { Transaction } from '../../storage/database.ts'
import { findProductNews, type ProductNews, type ProductNewsDeps } from './product-news.ts'
import type { DigestStore, ToldProducts } from './store-digest.ts'

interface AskedPlace {
  readonly placeId: number
  readonly productId: number
  readonly shopId: number
  readonly isFirst: boolean
}

/** Places in the weekly digest that owners asked for: `src/marketplace/promotion` keeps them. */
export interface DigestPlaces {
  /** Who is next: everybody once before anybody twice. `isFirst`: who never had a place. */
  pickForDigest(transaction: Transaction, count: number): Promise<readonly AskedPlace[]>
  feature(
    transaction: Transaction,
    placeIds: readonly number[],
    taken: { readonly broadcast: number; readonly at: Date },
  ): Promise<void>
  /** Gives back the places of a digest that was not sent. */
  release(transaction: Transaction, broadcast: number): Promise<void>
}

/** A product that is in the digest; `placeId` where its owner asked for it. */
export interface DigestItem {
  readonly news: ProductNews
  readonly shopId: number
  readonly placeId: number | undefined
}

/** What is told of products. */
export interface ProductNewsDesk {
  /** A product that anybody may see now; undefined for any other. */
  one(client: Transaction, number: number): Promise<ProductNews | undefined>
  /**
   * What the digest of this week may hold, in order: who asked and never was in one, then the newest shops that never were, then who
   * asked for another place.
   */
  week(transaction: Transaction, most: number): Promise<readonly DigestItem[]>
  /** Names of what a broadcast tells of that nobody may see any more; sold out is no reason. */
  withdrawn(transaction: Transaction, of: ToldProducts): Promise<readonly string[]>
  /** Notes that these are in the digest that is the broadcast of that number. */
  feature(
    transaction: Transaction,
    items: readonly DigestItem[],
    taken: { readonly broadcast: number; readonly at: Date },
  ): Promise<void>
}

export interface DigestDeps extends ProductNewsDeps {
  readonly now: () => Date
  readonly digest: DigestStore
  readonly places: DigestPlaces
}

/** Makes it. */
export function createProductNews(deps: DigestDeps): ProductNewsDesk {
  const { digest, places } = deps
  return {
    one: (client, number) => findProductNews(deps, client, number),
    withdrawn: (transaction, of) => digest.withdrawn(transaction, of),
    async week(transaction, most) {
      await giveBack(deps, transaction)
      const asked = await places.pickForDigest(transaction, most)
      const first = asked.filter(({ isFirst }) => isFirst)
      const again = asked.filter(({ isFirst }) => !isFirst)
      const items = [...(await itemsOf(deps, transaction, first))]
      if (items.length < most) {
        const fresh = await digest.newcomers(transaction, most - items.length)
        items.push(...(await itemsOf(deps, transaction, fresh)))
      }
      if (items.length < most) items.push(...(await itemsOf(deps, transaction, again)))
      return items.slice(0, most)
    },
    async feature(transaction, items, taken) {
      const asked = items.flatMap(({ placeId }) => (placeId === undefined ? [] : [placeId]))
      await places.feature(transaction, asked, taken)
      const others = items.filter(({ placeId }) => placeId === undefined)
      await digest.give(
        transaction,
        others.map(({ shopId, news }) => ({ shopId, productId: news.number })),
        taken,
      )
    },
  }
}

async function itemsOf(
  deps: DigestDeps,
  transaction: Transaction,
  picks: readonly { readonly placeId?: number; readonly productId: number; readonly shopId: number }[],
): Promise<readonly DigestItem[]> {
  const items: DigestItem[] = []
  for (const { placeId, productId, shopId } of picks) {
    const news = await findProductNews(deps, transaction, productId)
    if (news !== undefined) items.push({ news, shopId, placeId })
  }
  return items
}

/** Older broadcasts may be purged: what they told was told. */
const rememberedMs = 30 * 86_400_000

/** Whoever was in a digest that an officer cancelled or removed was in none. */
async function giveBack({ digest, places, now }: DigestDeps, transaction: Transaction): Promise<void> {
  const since = new Date(now().getTime() - rememberedMs)
  for (const broadcast of await digest.unsent(transaction, since)) {
    await digest.takeBack(transaction, broadcast)
    await places.release(transaction, broadcast)
  }
}
