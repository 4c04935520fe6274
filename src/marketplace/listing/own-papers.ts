import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { type PaperKind, paperKinds } from '../product.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { lockOwnShop, ownShop } from './own-product.ts'
import { readCertificate, readPaperNumber } from './read-certificate.ts'

/** The papers of the contact's shop, and what officers say of them. */
export async function listPapers(deps: ListingDeps, context: OwnerContext): Promise<ActionResult> {
  const shop = await ownShop(deps, context)
  if (shop === undefined) return { outcome: 'none', values: {} }
  const { card } = deps.listingWords()
  const papers = await deps.listing.papers(context.transaction, shop.id)
  const rows = paperKinds.map((kind) => {
    const title = deps.words().papers[kind]
    const paper = papers.find((each) => each.kind === kind)
    const label =
      paper === undefined
        ? fill(card.paper_none, { title })
        : fill(card.paper, { title, number: paper.number, state: card.paper_states[paper.state] })
    return { kind, title, label, words: title }
  })
  return { outcome: 'listed', values: { rows } }
}

/** Claims a paper; it is a badge only once an officer verified it. */
export async function claimOwnPaper(
  deps: ListingDeps,
  context: OwnerContext,
  { kind, number }: { readonly kind: PaperKind; readonly number: string },
): Promise<ActionResult> {
  const shop = await lockOwnShop(deps, context)
  if (shop === undefined) return { outcome: 'none', values: {} }
  const { refusals } = deps.listingWords()
  const read = kind === 'halal' ? readCertificate(number) : readPaperNumber(number)
  if (read === undefined) {
    return { outcome: 'refused', values: { text: kind === 'halal' ? refusals.certificate : refusals.paper } }
  }
  const { transaction, now } = context
  await deps.listing.claimPaper(transaction, { shopId: shop.id, kind, number: read, at: now })
  // A verified certificate may have given way: its products are certified no more.
  if (kind === 'halal') await deps.search.indexShop(transaction, shop.id)
  return { outcome: 'claimed', values: {} }
}
