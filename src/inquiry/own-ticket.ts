import type { ActionContext } from '../flow/action.ts'
import type { Transaction } from '../storage/database.ts'
import type { TicketStore } from './store.ts'
import type { StoredTicket } from './store-rows.ts'

/**
 * One of the person's own tickets, locked; of one that was merged the one it goes on in. Undefined for anybody else's, as for one
 * that does not exist or whose content is gone.
 */
export async function lockOwnTicket(
  store: TicketStore,
  { transaction, contactId }: ActionContext<Transaction>,
  number: number,
): Promise<StoredTicket | undefined> {
  // Somebody else's ticket is not even waited for: how long that takes would tell that it exists.
  const found = Number.isSafeInteger(number) ? await store.find(transaction, number) : undefined
  if (found?.contactId !== contactId) return undefined
  let stored: StoredTicket | undefined
  let next: number | undefined = found.ticket.mergedInto ?? number
  while (next !== undefined) {
    stored = await store.lock(transaction, next)
    // An officer may have merged it while it was waited for: from another chat of the person nothing held the officer up.
    next = stored?.ticket.mergedInto
  }
  return stored === undefined || stored.isErased || stored.contactId !== contactId ? undefined : stored
}
