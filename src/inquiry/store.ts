import { z } from 'zod'
import type { Database, Transaction } from '../storage/database.ts'
import { openDetails, sealDetails, type TicketSecrets } from './entry-text.ts'
import { createEntryStore, type EntryStore } from './store-entries.ts'
import { columnsOf, type StoredTicket, type TicketChange, ticketOf } from './store-rows.ts'
import type { Ticket, TicketKind } from './ticket.ts'

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

/** A chat as the desk needs it. */
export interface TicketChat {
  readonly channel: string
  readonly isReachable: boolean
}

/** Which standing ticket a message goes to. */
export interface Matter {
  readonly chatId: bigint
  readonly kind: TicketKind
  readonly kelurahan: string | undefined
  readonly matter: string | undefined
  /** Only to one in which the person is still unknown. */
  readonly isAnonymous: boolean
}

/** Tickets in PostgreSQL. Whoever locks a chat and a ticket locks the chat first. */
export interface TicketStore extends EntryStore {
  /** Runs the work in a transaction of its own, again when others were in its way. */
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  lockChat(transaction: Transaction, chatId: bigint): Promise<TicketChat | undefined>
  chat(client: Transaction, chatId: bigint): Promise<TicketChat | undefined>
  find(client: Transaction, number: number): Promise<StoredTicket | undefined>
  lock(transaction: Transaction, number: number): Promise<StoredTicket | undefined>
  create(transaction: Transaction, ticket: NewTicket): Promise<number>
  change(transaction: Transaction, number: number, change: TicketChange): Promise<void>
  /** The chat's last ticket of the matter that is not closed. */
  standing(transaction: Transaction, matter: Matter): Promise<number | undefined>
  /** The tickets that officers answer live in the chat; first the one whose officer spoke last. */
  live(transaction: Transaction, chatId: bigint, now: Date): Promise<readonly number[]>
  /** Until when another ticket of the chat than this is answered live. */
  liveBesides(transaction: Transaction, chatId: bigint, number: number, now: Date): Promise<Date | undefined>
  /** Tickets of a contact, newest first. */
  ofContact(client: Transaction, contactId: string, limit: number): Promise<readonly StoredTicket[]>
  details(client: Transaction, number: number): Promise<Readonly<Record<string, string>>>
  /** Tells all processes that a ticket changed, once the transaction is committed. */
  signal(transaction: Transaction, number: number): Promise<void>
}

/** How often a transaction is tried that others block. */
const tries = 4
const numberRows = z.array(z.object({ number: z.number() }))
const blocked = z.object({ message: z.string(), code: z.string().optional() })

/** Makes the store. What people wrote is kept sealed. */
export function createTicketStore(deps: { prisma: Database; keyring: TicketSecrets }): TicketStore {
  const { prisma, keyring } = deps
  return { ...createTicketRows(prisma, keyring), ...createEntryStore(keyring) }
}

function createTicketRows(prisma: Database, keyring: TicketSecrets) {
  const hashes = (matter: string) => keyring.ids.map((id) => keyring.hash('subject', `ticket:${matter}`, id))
  return {
    async transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await prisma.$transaction(work)
        } catch (error) {
          if (attempt >= tries || !isBlocked(error)) throw error
        }
      }
    },
    async lockChat(transaction: Transaction, chatId: bigint) {
      await transaction.$executeRaw`SELECT 1 FROM chat WHERE id = ${chatId} FOR NO KEY UPDATE`
      return findChat(transaction, chatId)
    },
    chat: findChat,
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
        matterHash: matter === undefined ? null : (hashes(matter)[0] ?? null),
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
    async standing(transaction: Transaction, { chatId, kind, kelurahan, matter, isAnonymous }: Matter) {
      const isOfMatter = matter === undefined ? {} : { matterHash: { in: hashes(matter) } }
      const isOfPlace = kelurahan === undefined ? {} : { kelurahan }
      const state = { in: ['open', 'answered', 'confirming'] }
      const row = await transaction.ticket.findFirst({
        where: {
          chatId,
          kind,
          state,
          ...isOfMatter,
          ...isOfPlace,
          ...(isAnonymous ? { anonymous: true } : {}),
        },
        orderBy: { id: 'desc' },
        select: { id: true },
      })
      return row === null ? undefined : Number(row.id)
    },
    async live(transaction: Transaction, chatId: bigint, now: Date) {
      const rows = await transaction.$queryRaw`
        SELECT t.id::int AS number FROM ticket t WHERE t.chat_id = ${chatId} AND t.live_until > ${now}
        ORDER BY (SELECT max(e.id) FROM ticket_entry e WHERE e.ticket_id = t.id AND e.type = 'officer')
          DESC NULLS LAST, t.live_until DESC, t.id DESC`
      return numberRows.parse(rows).map(({ number }) => number)
    },
    async liveBesides(transaction: Transaction, chatId: bigint, number: number, now: Date) {
      const row = await transaction.ticket.findFirst({
        where: { chatId, id: { not: BigInt(number) }, liveUntil: { gt: now } },
        orderBy: { liveUntil: 'desc' },
        select: { liveUntil: true },
      })
      return row?.liveUntil ?? undefined
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

async function findChat(client: Transaction, chatId: bigint): Promise<TicketChat | undefined> {
  const row = await client.chat.findUnique({ where: { id: chatId }, select: { channel: true, state: true } })
  return row === null ? undefined : { channel: row.channel, isReachable: row.state !== 'stopped' }
}

async function find(client: Transaction, number: number): Promise<StoredTicket | undefined> {
  const row = await client.ticket.findUnique({ where: { id: BigInt(number) } })
  return row === null ? undefined : ticketOf(row)
}

/** Whether PostgreSQL ended the transaction so that another could go on. */
function isBlocked(error: unknown): boolean {
  const read = blocked.safeParse(error)
  if (!read.success) return false
  return read.data.code === 'P2034' || /40P01|40001|deadlock/.test(read.data.message)
}
