import type { Database, Transaction } from '../storage/database.ts'
import { transact } from '../storage/transact.ts'
import { openDetails, sealDetails, type TicketSecrets } from './entry-text.ts'
import { type ChatTicketStore, createChatTicketStore, matterHashes } from './store-chat.ts'
import { createEntryStore, type EntryStore } from './store-entries.ts'
import { columnsOf, type StoredTicket, type TicketChange, ticketOf } from './store-rows.ts'
import type { Ticket } from './ticket.ts'

/** A ticket that is not there yet. */
export interface NewTicket
  extends Pick<Ticket, 'kind' | 'office' | 'urgent' | 'anonymous' | 'openedAt' | 'promisedAt'> {
  readonly contactId: string
  readonly chatId: bigint
  readonly kelurahan: string | undefined
  readonly details: Readonly<Record<string, string>>
  /** What tells the matter from others of the kind; kept as a hash. */
  readonly matter: string | undefined
}

/** Tickets in PostgreSQL. Whoever locks a chat and a ticket locks the chat first. */
export interface TicketStore extends EntryStore, ChatTicketStore {
  /** Runs the work in a transaction of its own, again when others were in its way. */
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  find(client: Transaction, number: number): Promise<StoredTicket | undefined>
  lock(transaction: Transaction, number: number): Promise<StoredTicket | undefined>
  create(transaction: Transaction, ticket: NewTicket): Promise<number>
  change(transaction: Transaction, number: number, change: TicketChange): Promise<void>
  /** Tickets of a contact, newest first. */
  ofContact(client: Transaction, contactId: string, limit: number): Promise<readonly StoredTicket[]>
  details(client: Transaction, number: number): Promise<Readonly<Record<string, string>>>
  /** Tells all processes that a ticket changed, once the transaction is committed. */
  signal(transaction: Transaction, number: number): Promise<void>
}

/** Makes the store. What people wrote is kept sealed. */
export function createTicketStore(deps: { prisma: Database; keyring: TicketSecrets }): TicketStore {
  const { prisma, keyring } = deps
  return {
    transact: (work) => transact(prisma, work),
    ...createTicketRows(keyring),
    ...createChatTicketStore(keyring),
    ...createEntryStore(keyring),
  }
}

function createTicketRows(keyring: TicketSecrets) {
  return {
    find,
    async lock(transaction: Transaction, number: number) {
      await transaction.$executeRaw`SELECT 1 FROM ticket WHERE id = ${BigInt(number)} FOR NO KEY UPDATE`
      return find(transaction, number)
    },
    async create(transaction: Transaction, { details, matter, kelurahan, ...ticket }: NewTicket) {
      const data = {
        ...ticket,
        kelurahan: kelurahan ?? null,
        details: Object.keys(details).length === 0 ? null : sealDetails(keyring, details),
        matterHash: matter === undefined ? null : (matterHashes(keyring, matter)[0] ?? null),
      }
      const { id } = await transaction.ticket.create({ data, select: { id: true } })
      return Number(id)
    },
    async change(transaction: Transaction, number: number, change: TicketChange) {
      await transaction.ticket.update({
        where: { id: BigInt(number) },
        data: columnsOf(change),
        select: { id: true },
      })
    },
    async ofContact(client: Transaction, contactId: string, limit: number) {
      const rows = await client.ticket.findMany({
        where: { contactId },
        orderBy: { id: 'desc' },
        take: limit,
      })
      return rows.map(ticketOf)
    },
    async details(client: Transaction, number: number) {
      const row = await client.ticket.findUnique({
        where: { id: BigInt(number) },
        select: { details: true },
      })
      return row?.details ? openDetails(keyring, row.details) : {}
    },
    async signal(transaction: Transaction, number: number) {
      await transaction.$executeRaw`SELECT pg_notify('tickets', ${String(number)})`
    },
  }
}

async function find(client: Transaction, number: number): Promise<StoredTicket | undefined> {
  const row = await client.ticket.findUnique({ where: { id: BigInt(number) } })
  return row === null ? undefined : ticketOf(row)
}
