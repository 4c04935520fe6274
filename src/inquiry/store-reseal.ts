import type { Database } from '../storage/database.ts'

const batchSize = 500

/** The bytes sealed by the current key, or undefined when they are already. */
type Reseal = (sealed: Uint8Array) => Uint8Array<ArrayBuffer> | undefined

/** Seals what flows asked for tickets anew, some rows at a time. */
export function createTicketResealer(prisma: Database) {
  return {
    name: 'tickets',
    count: () => prisma.ticket.count(),
    async next(after: bigint, reseal: Reseal) {
      const rows = await prisma.ticket.findMany({
        where: { id: { gt: after } },
        select: { id: true, details: true },
        orderBy: { id: 'asc' },
        take: batchSize,
      })
      for (const { id, details } of rows) {
        const sealed = details === null ? undefined : reseal(details)
        // What was erased meanwhile stays erased.
        if (sealed !== undefined && details !== null)
          await prisma.ticket.updateMany({ where: { id, details }, data: { details: sealed } })
      }
      return lastOf(rows)
    },
  }
}

/** Seals what was written in tickets anew, some rows at a time. */
export function createTicketEntryResealer(prisma: Database) {
  return {
    name: 'ticket_entries',
    count: () => prisma.ticketEntry.count(),
    async next(after: bigint, reseal: Reseal) {
      const rows = await prisma.ticketEntry.findMany({
        where: { id: { gt: after } },
        select: { id: true, body: true },
        orderBy: { id: 'asc' },
        take: batchSize,
      })
      for (const { id, body } of rows) {
        const sealed = body === null ? undefined : reseal(body)
        if (sealed !== undefined && body !== null)
          await prisma.ticketEntry.updateMany({ where: { id, body }, data: { body: sealed } })
      }
      return lastOf(rows)
    },
  }
}

function lastOf(rows: readonly { readonly id: bigint }[]) {
  const last = rows.at(-1)?.id
  return last === undefined ? undefined : { last, rows: rows.length }
}
