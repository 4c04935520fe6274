import type { Transaction } from '../storage/database.ts'
import { masked, sealText, type TicketSecrets } from './entry-text.ts'
import { entryOf, type StoredEntry } from './store-rows.ts'
import type { TicketEntry } from './ticket.ts'

/** A line of a ticket that is not there yet. What is written loses its long numbers; an event's text is its name. */
export interface NewEntry {
  readonly type: TicketEntry['type']
  readonly text: string
  readonly at: Date
  readonly by?: { readonly id: string; readonly name: string } | undefined
  readonly media?: readonly string[]
  readonly outboxId?: bigint
  readonly key?: string
}

/** The lines of tickets in PostgreSQL. */
export interface EntryStore {
  addEntry(transaction: Transaction, number: number, entry: NewEntry): Promise<bigint>
  /** Entries after the id, oldest first; without one, all. */
  entries(client: Transaction, number: number, after?: bigint): Promise<readonly StoredEntry[]>
  lastEntry(client: Transaction, number: number): Promise<StoredEntry | undefined>
  hasKey(client: Transaction, number: number, key: string): Promise<boolean>
  removeEntry(transaction: Transaction, id: bigint): Promise<void>
  /** How many messages the contact wrote to any ticket since. */
  countWritten(client: Transaction, contactId: string, since: Date): Promise<number>
  /**
   * Puts the entries of one ticket into another, and whatever was merged into it. They are new there: each gets an id after all that
   * whoever follows the other ticket was told of.
   */
  moveEntries(transaction: Transaction, from: number, to: number): Promise<void>
}

/** Makes the store. What people wrote is kept sealed. */
export function createEntryStore(keyring: Pick<TicketSecrets, 'seal' | 'open'>): EntryStore {
  return {
    async addEntry(transaction: Transaction, number: number, entry: NewEntry) {
      const { type, text, at, by, media = [], outboxId, key } = entry
      const words = type === 'event' ? { event: text } : { body: sealText(keyring, masked(text)) }
      const { id } = await transaction.ticketEntry.create({
        data: {
          ...{ ticketId: BigInt(number), type, at, media: [...media], ...words },
          ...{ byId: by?.id ?? null, by: by?.name ?? null, outboxId: outboxId ?? null, key: key ?? null },
        },
        select: { id: true },
      })
      return id
    },
    async entries(client: Transaction, number: number, after = 0n) {
      const where = { ticketId: BigInt(number), id: { gt: after } }
      const rows = await client.ticketEntry.findMany({ where, orderBy: { id: 'asc' } })
      return rows.map((row) => entryOf(row, keyring))
    },
    async lastEntry(client: Transaction, number: number) {
      const where = { ticketId: BigInt(number) }
      const row = await client.ticketEntry.findFirst({ where, orderBy: { id: 'desc' } })
      return row === null ? undefined : entryOf(row, keyring)
    },
    async hasKey(client: Transaction, number: number, key: string) {
      return (await client.ticketEntry.count({ where: { ticketId: BigInt(number), key } })) > 0
    },
    async removeEntry(transaction: Transaction, id: bigint) {
      await transaction.ticketEntry.delete({ where: { id }, select: { id: true } })
    },
    async countWritten(client: Transaction, contactId: string, since: Date) {
      return client.ticketEntry.count({
        where: { type: 'resident', at: { gt: since }, ticket: { contactId } },
      })
    },
    async moveEntries(transaction: Transaction, from: number, to: number) {
      const into = BigInt(to)
      await transaction.$executeRaw`
        WITH moved AS (DELETE FROM ticket_entry WHERE ticket_id = ${BigInt(from)} RETURNING *)
        INSERT INTO ticket_entry (ticket_id, type, event, body, by_id, by, media, outbox_id, at)
        SELECT ${into}, type, event, body, by_id, by, media, outbox_id, at FROM moved ORDER BY id`
      await transaction.ticket.updateMany({ where: { mergedInto: BigInt(from) }, data: { mergedInto: into } })
    },
  }
}
