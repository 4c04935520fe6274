import { leaveChat } from '../leave-chat.ts'
import type { CloseReason } from '../ticket.ts'
import { closed, isLive } from '../ticket-change.ts'
import type { TicketDesk } from '../ticket-desk.ts'
import { type DeskDeps, endLive, type Locked, type PerformDeed, refusalUnlessAdmin } from './perform-deed.ts'

/** Where nobody is waiting for a word, or nobody would get it. */
const silentReasons: readonly CloseReason[] = ['spam', 'unreachable', 'duplicate']

/**
 * Makes the use case: nobody takes care of the ticket any more, for a reason; a chat that was held goes back to the bot. The
 * person is told, unless another officer answers them just now: a word about this matter would be out of place there.
 */
export function createCloseTicket(
  deps: Pick<DeskDeps, 'store' | 'voice'>,
  perform: PerformDeed,
): TicketDesk['close'] {
  return (viewer, number, reason) =>
    perform(viewer, number, 'ticket.close', async (locked) => {
      const refusal = refusalUnlessAdmin(locked.ticket, viewer)
      if (refusal !== undefined) return refusal
      if (silentReasons.includes(reason)) await endLive(deps, locked)
      else await tellClosed(deps, locked)
      return {
        type: 'deed',
        change: closed(reason, locked.now),
        entry: { type: 'event', text: 'closed' },
        details: { reason },
      }
    })
}

async function tellClosed(
  { store, voice }: Pick<DeskDeps, 'store' | 'voice'>,
  locked: Locked,
): Promise<void> {
  const { ticket, transaction, chat, chatId, now } = locked
  if (chat === undefined) return
  const isBotThere = isLive(ticket, now)
    ? await leaveChat({ store, voice }, transaction, locked, now)
    : (await store.liveBesides(transaction, chatId, ticket.number, now)) === undefined
  if (!isBotThere || !chat.isReachable) return
  await voice.tell(transaction, chatId, { type: 'closed', number: ticket.number })
}
