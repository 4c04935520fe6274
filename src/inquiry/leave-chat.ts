import type { Transaction } from '../storage/database.ts'
import type { StoredTicket } from './store-rows.ts'
import type { TicketDeps } from './ticket-deps.ts'

/**
 * Nobody answers this ticket live any more: the bot answers in its chat again, or is silent for as long as another ticket of the
 * chat is answered live. Whether the bot answers. The caller has locked the chat.
 */
export async function leaveChat(
  { store, voice }: Pick<TicketDeps, 'store' | 'voice'>,
  transaction: Transaction,
  { ticket, chatId }: Pick<StoredTicket, 'ticket' | 'chatId'>,
  now: Date,
): Promise<boolean> {
  const until = await store.liveBesides(transaction, chatId, ticket.number, now)
  await voice.hold(transaction, chatId, until ?? null)
  return until === undefined
}
