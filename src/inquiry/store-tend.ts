import { z } from 'zod'
import type { Database, Transaction } from '../storage/database.ts'
import { type TicketKind, ticketKinds } from './ticket.ts'

/** What time alone does to tickets, in PostgreSQL. */
export interface TendStore {
  /** Tickets that wait for the person's word, and waited long enough. */
  unconfirmed(now: Date): Promise<readonly TendedTicket[]>
  /** Tickets that were answered, and that neither side touched since before; and those whose question was put off. */
  unasked(before: Date): Promise<readonly TendedTicket[]>
  /** Open tickets that are held, and that nobody touched since before. */
  untouched(before: Date): Promise<readonly (TendedTicket & { readonly touchedAt: Date })[]>
  /** Marks open tickets whose promise is broken, each promise once, and tells of which offices. */
  markLate(transaction: Transaction, now: Date): Promise<readonly { office: string; number: number }[]>
  /** The offices that owe an answer for longer than they promised. */
  lateOffices(transaction: Transaction, now: Date): Promise<ReadonlySet<string>>
}

/** A ticket that something may be done with. */
export interface TendedTicket {
  readonly number: number
  readonly chatId: bigint
  readonly kind: TicketKind
}

const batch = 500
const lateRow = z.object({ office: z.string(), number: z.number() })
const kinds = z.enum(ticketKinds)

/** Makes the store. */
export function createTendStore({ prisma }: { prisma: Database }): TendStore {
  const select = { id: true, chatId: true, kind: true, touchedAt: true } as const
  return {
    async unconfirmed(now) {
      const where = { state: 'confirming', closesAt: { lte: now } }
      const rows = await prisma.ticket.findMany({ where, select, orderBy: { closesAt: 'asc' }, take: batch })
      return rows.map(tendedOf)
    },
    async unasked(before) {
      const isLeft = { state: 'answered', touchedAt: { lte: before } }
      const where = { OR: [isLeft, { state: 'confirming', asksLater: true }] }
      const rows = await prisma.ticket.findMany({ where, select, orderBy: { touchedAt: 'asc' }, take: batch })
      return rows.map(tendedOf)
    },
    async untouched(before) {
      const where = { state: 'open', holderId: { not: null }, touchedAt: { lte: before } }
      const rows = await prisma.ticket.findMany({ where, select, orderBy: { touchedAt: 'asc' }, take: batch })
      return rows.flatMap((row) => {
        const { touchedAt } = row
        return touchedAt === null ? [] : [{ ...tendedOf(row), touchedAt }]
      })
    },
    async markLate(transaction, now) {
      // Whoever works on one of them is not waited for: it is marked the next time.
      const rows = await transaction.$queryRaw`
        UPDATE ticket SET late_at = ${now} WHERE id IN (
          SELECT id FROM ticket WHERE state = 'open' AND promised_at <= ${now} AND late_at IS NULL
          ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING office, id::int AS number`
      return z.array(lateRow).parse(rows)
    },
    async lateOffices(transaction, now) {
      const where = { state: 'open', promisedAt: { lte: now } }
      const rows = await transaction.ticket.groupBy({ by: ['office'], where })
      return new Set(rows.map(({ office }) => office))
    },
  }
}

function tendedOf(row: {
  readonly id: bigint
  readonly chatId: bigint
  readonly kind: string
}): TendedTicket {
  return { number: Number(row.id), chatId: row.chatId, kind: kinds.parse(row.kind) }
}
