import type { Context } from 'hono'
import type { Shelf } from './catalogue-deps.ts'
import { createDailyProducts } from './daily-products.ts'
import { isOwnForm } from './own-form.ts'
import { gonePage, problemView, unknownPage } from './problem-pages.ts'
import { readNumber } from './read-address.ts'
import { isSeen, sendFresh } from './send-page.ts'
import { createVisitorLimit } from './visitor-limit.ts'

/** Enough for a market street behind one address. */
const limit = { most: 60, spanMs: 10 * 60_000 }
/** Many share an address of a phone company; whoever collects numbers is slow. */
const dailyLimit = { most: 40 }

/**
 * Answers whoever presses the button with the owner's address in WhatsApp. Only a press counts and is answered: what reads links ahead
 * posts nothing.
 */
export function contactRoute(shelf: Shelf): (context: Context, address: string) => Promise<Response> {
  const visitors = createVisitorLimit(limit, shelf.now)
  const daily = createDailyProducts(dailyLimit, shelf.now)
  return async (context, address) => {
    if (!isOwnForm(context, shelf.publicUrl())) {
      return sendFresh(shelf, context, { view: problemView(shelf, 'foreign'), status: 403 })
    }
    if (!visitors.take(context)) {
      return sendFresh(shelf, context, { view: problemView(shelf, 'busy'), status: 429 })
    }
    const id = readNumber(address)
    const answer = id === undefined ? undefined : await shelf.catalogue.contact(id)
    if (id === undefined || answer === undefined || answer.type === 'unknown') {
      return sendFresh(shelf, context, await unknownPage(shelf))
    }
    if (answer.type === 'closed') return sendFresh(shelf, context, await gonePage(shelf, 'no_contact'))
    if (!daily.take(context, id)) {
      return sendFresh(shelf, context, { view: problemView(shelf, 'busy_today'), status: 429 })
    }
    const first = isSeen(context) ? shelf.looks.first(context, 'contacts', [id]) : []
    if (first.length > 0) shelf.catalogue.count('contacts', first)
    context.header('Cache-Control', 'no-store')
    return context.redirect(answer.href, 303)
  }
}
