import { createAttempts } from '../../attempts.ts'
import { fill } from '../../language/fill-text.ts'
import { weekdayInWita } from '../../language/format.ts'
import { atHour } from '../../language/quiet-hours.ts'
import type { Transaction } from '../../storage/database.ts'
import type { MarketDeps } from '../market-deps.ts'
import { moveProduct } from '../move-product.ts'
import type { Product } from '../product.ts'
import type { CheckingWords } from './check-words.ts'
import type { ListingWords } from './listing-words.ts'
import { isShown, namesOf, priceText } from './product-text.ts'
import type { DueShop, TendListingStore } from './store-tend.ts'

/** What the weekly question is given. */
export interface TendListingDeps extends MarketDeps {
  readonly tend: TendListingStore
  readonly listingWords: () => ListingWords
  /** Whether nobody is written to unasked at that moment. */
  readonly isQuiet: (moment: Date) => boolean
}

const monday = 1
const askingHour = 9
const dayMs = 86_400_000
/** After so many questions without an answer a product hides itself. */
const mostMisses = 2
const mostNamed = 10

/**
 * Makes what is done every week: each owner is asked on Monday at nine, or as soon as something runs after that, whether the goods
 * are still there, once a week and outside the quiet hours; what two questions in a row found nobody to answer hides itself, and its
 * owner is told. Of whoever blocked the bot or wants to hear nothing the weeks count as well, without a word. Returns how many owners
 * were written to. Any process may run it at any time. Rejects when something failed, after all the rest was done.
 */
export function createTendListing(deps: TendListingDeps): (now: Date) => Promise<number> {
  return async (now) => {
    if (deps.isQuiet(now)) return 0
    const due = lastAsking(now)
    const quiet = new Date(due.getTime() - dayMs)
    const { attempt, finish } = createAttempts()
    for (let after = 0; ; ) {
      const shops = await deps.tend.dueShops({ due, quiet, now, after })
      for (const shop of shops) await attempt(() => askOwner(deps, shop, { due, quiet, now }))
      const last = shops.at(-1)
      if (last === undefined) return finish()
      after = last.id
    }
  }
}

/** The last Monday at nine in Kupang. */
export function lastAsking(now: Date): Date {
  const daysBack = (weekdayInWita(now) + 7 - monday) % 7
  const asking = atHour(now, askingHour, -daysBack)
  return asking <= now ? asking : atHour(now, askingHour, -daysBack - 7)
}

interface Times {
  readonly due: Date
  readonly quiet: Date
  readonly now: Date
}

/** The owner was found before anything was locked: what comes first is locked first, and then it is seen whether they are still to be asked. */
function askOwner(deps: TendListingDeps, due: DueShop, times: Times): Promise<number> {
  const { store, tend, voice } = deps
  const { id, chatId } = due
  return store.transact(async (transaction) => {
    const isReachable = await tend.lockReachable(transaction, due)
    const shop = await store.lockShop(transaction, id)
    if (shop?.state !== 'active' || shop.chatId !== chatId) return 0
    const asked = await tend.askedAt(transaction, id)
    if (asked !== undefined && asked >= times.due) return 0
    const { hidden, open } = await sort(deps, transaction, id, times)
    await tend.markAsked(transaction, id, times.now)
    if (hidden.length + open.length === 0) return 0
    await tend.countMisses(
      transaction,
      open.map((product) => product.id),
    )
    if (!isReachable) return 0
    const words = { market: deps.words(), listing: deps.listingWords() }
    const opening = openingFor(hidden, open, words)
    await voice.open(transaction, chatId, { ...opening, until: nextAsking(times.due) }, 'notice')
    return 1
  })
}

/** What hides itself now, and what is asked about. Of what is sold out nobody is asked. */
async function sort(
  deps: TendListingDeps,
  transaction: Transaction,
  shopId: number,
  { quiet, now }: Times,
): Promise<{ readonly hidden: readonly Product[]; readonly open: readonly Product[] }> {
  const hidden: Product[] = []
  const open: Product[] = []
  const products = (await deps.store.productsOf(transaction, shopId)).filter(isShown)
  for (const { id } of products.sort((one, other) => one.id - other.id)) {
    const product = await deps.store.lockProduct(transaction, id)
    if (product === undefined || !isShown(product) || lastWord(product) >= quiet) continue
    if (product.misses < mostMisses) {
      open.push(product)
      continue
    }
    const step = { what: 'hidden', details: 'unconfirmed', at: now, doer: { type: 'system' } } as const
    await moveProduct(deps, transaction, id, { state: 'hidden', reason: 'unconfirmed', misses: 0 }, step)
    hidden.push(product)
  }
  return { hidden, open }
}

/** Whether the last weekly question was about the product, and nobody has answered for it since. */
export function isOpen(product: Product, now: Date): boolean {
  return isShown(product) && lastWord(product).getTime() < lastAsking(now).getTime() - dayMs
}

/** When somebody last said that it is there: its owner, or the officer who let it be shown. */
function lastWord({ confirmedAt, shownAt, submittedAt, createdAt }: Product): Date {
  return new Date(Math.max(...[confirmedAt, shownAt, submittedAt, createdAt].map((at) => at?.getTime() ?? 0)))
}

function openingFor(hidden: readonly Product[], open: readonly Product[], words: CheckingWords) {
  const { week } = words.listing
  const told = hidden.length === 0 ? '' : fill(week.hidden, { names: namesOf(hidden, words.listing) })
  if (open.length === 0) return { to: 'lapak/tersembunyi', values: { hidden: told } }
  const lines = open
    .slice(0, mostNamed)
    .map((product) => fill(week.line, { name: product.name, price: priceText(product, words) }))
  const rest = open.length - mostNamed
  const products = [...lines, ...(rest > 0 ? [fill(week.more, { count: rest })] : [])].join('\n')
  return { to: 'lapak/masih_ada', values: { products, hidden: told === '' ? '' : `${told}\n\n` } }
}

/** An answer counts until the question is asked anew. */
function nextAsking(due: Date): Date {
  return new Date(due.getTime() + 7 * dayMs)
}
