import type { Transaction } from '../../storage/database.ts'
import { closed } from '../ticket-change.ts'
import type { TicketDesk } from '../ticket-desk.ts'
import { type DeskDeps, endLive, type PerformDeed, refusalUnlessAdmin } from './perform-deed.ts'

/** Has all that is kept of a contact erased soon; what stays is told in docs/privacy.md. */
export type EraseLater = (transaction: Transaction, contactId: string) => Promise<void>

/** Makes the use case: what a person asked for who wrote "hapus data" is done, and they are told. */
export function createErasePerson(
  deps: Pick<DeskDeps, 'store' | 'voice'> & { readonly eraseLater: EraseLater },
  perform: PerformDeed,
): TicketDesk['erase'] {
  return (viewer, number) =>
    perform(viewer, number, 'ticket.erase', async (locked) => {
      const { ticket, transaction, chat, chatId, contactId, now } = locked
      if (ticket.kind !== 'deletion') return { type: 'unknown' }
      const refusal = refusalUnlessAdmin(ticket, viewer)
      if (refusal !== undefined) return refusal
      await endLive(deps, locked)
      if (chat?.isReachable === true) await deps.voice.tell(transaction, chatId, { type: 'erased', number })
      await deps.eraseLater(transaction, contactId)
      return { type: 'deed', change: closed('done', now), entry: { type: 'event', text: 'erased' } }
    })
}
