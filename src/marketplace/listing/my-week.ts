import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { dayInWita } from '../../language/format.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { ownShop } from './own-product.ts'

const days = 7
const mostLines = 8

/** What happened to the contact's shop in seven days, today among them: seen, found, asked for. */
export async function showOwnWeek(deps: ListingDeps, context: OwnerContext): Promise<ActionResult> {
  const shop = await ownShop(deps, context)
  if (shop === undefined) return { outcome: 'none', values: {} }
  const { year, month, day } = dayInWita(context.now, 1 - days)
  const since = new Date(Date.UTC(year, month - 1, day))
  const figures = await deps.listing.figures(context.transaction, shop.id, since)
  if (figures.length === 0) return { outcome: 'quiet', values: {} }
  const { week } = deps.listingWords()
  const lines = figures.slice(0, mostLines).map((each) => fill(week.figures, { ...each }))
  const rest = figures.length - mostLines
  const sum = (what: 'views' | 'finds' | 'contacts') => figures.reduce((all, each) => all + each[what], 0)
  return {
    outcome: 'week',
    values: {
      ...{ views: sum('views'), finds: sum('finds'), contacts: sum('contacts') },
      lines: [...lines, ...(rest > 0 ? [fill(week.more, { count: rest })] : [])].join('\n'),
    },
  }
}
