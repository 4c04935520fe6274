import { fill } from '../../language/fill-text.ts'
import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import { moveProduct } from '../move-product.ts'
import { longestWords } from './decision.ts'
import type { Paper } from './desk-views.ts'
import type { MarketDesk } from './market-desk.ts'
import type { MarketDeskDeps } from './market-desk-deps.ts'
import { noteDeed } from './note-deed.ts'
import { tellOwner } from './tell-owner.ts'

/** Makes the use case. A shop's badges follow, and what its products are found by. */
export function createDecidePaper(deps: MarketDeskDeps): MarketDesk['decidePaper'] {
  const { store, desk } = deps
  return async (viewer, id, seen, verdict, words) => {
    const reason = words.replace(/\s+/g, ' ').trim()
    if (reason.length > longestWords) return { type: 'too_long' }
    if (verdict === 'refuse' && reason === '') return { type: 'reason' }
    return store.transact(async (transaction) => {
      // The shop first, as everybody locks: what its products say of halal may follow.
      const shopId = await desk.shopOfPaper(transaction, id)
      if (shopId === undefined) return { type: 'unknown' }
      const shop = await store.lockShop(transaction, shopId)
      const paper = await desk.paper(transaction, id)
      if (shop === undefined || paper === undefined) return { type: 'unknown' }
      const to = verdict === 'verify' ? 'verified' : 'refused'
      if (paper.state !== seen) return { type: 'moved', last: lastOf(paper) }
      if (paper.state === to) return { type: 'state' }
      const now = deps.now()
      await desk.changePaper(transaction, id, { state: to, at: now, by: viewer.name })
      if (paper.kind === 'halal' && to === 'refused') await takeBackHalal(deps, transaction, viewer, shopId)
      await deps.search.indexShop(transaction, shopId)
      await noteDeed(deps, transaction, {
        ...{ viewer, action: `market.paper_${verdict}`, subject: `paper:${id}`, at: now },
        details: { kind: paper.kind, from: paper.state, shop: shopId },
      })
      const sentence = deps.ownerWords()[to === 'verified' ? 'paper_verified' : 'paper_refused']
      const text = fill(sentence, { paper: deps.words().papers[paper.kind], number: paper.number, reason })
      return {
        type: 'done',
        told: await tellOwner(deps, transaction, { chatId: shop.chatId, about: `paper:${id}`, text }),
      }
    })
  }
}

function lastOf({ decidedAt, decidedBy, state }: Paper) {
  if (decidedAt === undefined) return undefined
  return { at: decidedAt, by: 'staff', name: decidedBy, what: `paper_${state}`, details: undefined } as const
}

/** Products of the shop that say they are certified, and for which no other certificate is left, say so no more. */
async function takeBackHalal(
  deps: MarketDeskDeps,
  transaction: Transaction,
  viewer: Officer,
  shopId: number,
): Promise<void> {
  const papers = await deps.desk.papersOf(transaction, shopId)
  const good = papers.filter(({ kind, state }) => kind === 'halal' && state !== 'refused')
  if (good.some(({ productId }) => productId === undefined)) return
  const certified = await deps.desk.certifiedOf(transaction, shopId)
  for (const id of certified.filter((product) => good.every(({ productId }) => productId !== product))) {
    await deps.store.lockProduct(transaction, id)
    await moveProduct(...([deps, transaction, id, { halal: 'uncertified' }] as const), {
      what: 'halal',
      at: deps.now(),
      doer: { type: 'staff', by: viewer.name },
    })
  }
}
