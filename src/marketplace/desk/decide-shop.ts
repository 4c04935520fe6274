import { fill } from '../../language/fill-text.ts'
import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Shop } from '../product.ts'
import { longestWords } from './decision.ts'
import type { Decided, MarketDesk } from './market-desk.ts'
import type { MarketDeskDeps } from './market-desk-deps.ts'
import { noteDeed } from './note-deed.ts'
import { tellOwner } from './tell-owner.ts'

/** Makes the use cases: a shop that is closed is not shown with anything of it, and its products stay as they are. */
export function createDecideShop(deps: MarketDeskDeps): Pick<MarketDesk, 'closeShop' | 'reopenShop'> {
  return {
    async closeShop(viewer, id, words) {
      const reason = words.replace(/\s+/g, ' ').trim()
      if (reason === '') return { type: 'reason' }
      if (reason.length > longestWords) return { type: 'too_long' }
      return changeShop(deps, viewer, id, { to: 'closed', reason })
    },
    reopenShop: (viewer, id) => changeShop(deps, viewer, id, { to: 'active', reason: '' }),
  }
}

function changeShop(
  deps: MarketDeskDeps,
  viewer: Officer,
  id: number,
  { to, reason }: { readonly to: 'closed' | 'active'; readonly reason: string },
): Promise<Decided> {
  const { store, desk } = deps
  return store.transact(async (transaction) => {
    const shop = await store.lockShop(transaction, id)
    if (shop === undefined) return { type: 'unknown' }
    if ((shop.state === 'closed') === (to === 'closed')) return lateFor(deps, transaction, shop)
    const now = deps.now()
    await desk.changeShop(
      transaction,
      id,
      to === 'closed' ? { state: to, at: now, by: viewer.name, reason } : { state: to },
    )
    await deps.search.indexShop(transaction, id)
    await noteDeed(deps, transaction, {
      ...{ viewer, action: to === 'closed' ? 'market.close_shop' : 'market.reopen_shop', at: now },
      ...{ subject: `shop:${id}`, details: { from: shop.state } },
    })
    const words = deps.ownerWords()
    const text = fill(to === 'closed' ? words.shop_closed : words.shop_reopened, { shop: shop.name, reason })
    return {
      type: 'done',
      told: await tellOwner(deps, transaction, { chatId: shop.chatId, about: `shop:${id}`, text }),
    }
  })
}

/** A colleague did it already: who and when, where that is kept. */
async function lateFor(
  { desk }: MarketDeskDeps,
  transaction: Transaction,
  { id, state }: Shop,
): Promise<Decided> {
  const closed = state === 'closed' ? await desk.closing(transaction, id) : undefined
  if (closed === undefined) return { type: 'state' }
  const { at, by, reason } = closed
  return { type: 'moved', last: { at, by: 'staff', name: by, what: 'shop_closed', details: reason } }
}
