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
  const stored = await store.lock(transaction, found.ticket.mergedInto ?? number)
  return stored === undefined || stored.isErased || stored.contactId !== contactId ? undefined : stored
}
