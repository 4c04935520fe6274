import { z } from 'zod'
import type { Database } from '../../storage/database.ts'
import { openText, type TicketSecrets } from '../entry-text.ts'
import { type StoredTicket, ticketOf } from '../store-rows.ts'
import type { TicketKind } from '../ticket.ts'
import type { TicketFilter, TicketList } from '../ticket-desk.ts'
import type { Sight } from '../visible.ts'
import { afterPlace, orderOf, placeOf } from './queue-place.ts'

/** Which tickets a list is of: what the viewer may see, and what of it is asked for. */
export interface QueueQuery {
  readonly sight: Sight
  readonly viewerId: string
  readonly queue: TicketFilter['queue']
  readonly office?: string | undefined
  readonly kind?: TicketKind | undefined
}

/** A ticket in a queue. `written` is what the resident last wrote. */
export interface QueuedTicket extends StoredTicket {
  readonly written: string
}

/** Lists of tickets in PostgreSQL. */
export interface QueueStore {
  /** A part of a queue, what is most pressing first; `next` is the place where the rest begins. */
  list(
    query: QueueQuery,
    page: {
      readonly after?: string | undefined
      readonly limit: number
      /** Whether what residents wrote is opened; else it is empty. */
      readonly isWritten: boolean
    },
  ): Promise<{ readonly tickets: readonly QueuedTicket[]; readonly next: string | undefined }>
  /** One ticket of any queue. */
  numbered(sight: Sight, number: number): Promise<QueuedTicket | undefined>
  /** Of the newest `depth` tickets of a queue those in which every word stands; `words` are in small letters. */
  search(query: QueueQuery, words: readonly string[], depth: number): Promise<readonly QueuedTicket[]>
  counts(query: Pick<QueueQuery, 'sight' | 'viewerId'>, now: Date): Promise<TicketList['counts']>
}

const standing = ['open', 'answered', 'confirming']

/** Makes the store. */
export function createQueueStore(deps: {
  prisma: Database
  keyring: Pick<TicketSecrets, 'open'>
}): QueueStore {
  const { prisma, keyring } = deps

  async function withWritten(tickets: readonly StoredTicket[]): Promise<readonly QueuedTicket[]> {
    const ids = tickets.map(({ ticket }) => BigInt(ticket.number))
    const rows = await prisma.$queryRaw`
      SELECT DISTINCT ON (ticket_id) ticket_id::int AS number, body FROM ticket_entry
      WHERE ticket_id = ANY(${ids}) AND type = 'resident' ORDER BY ticket_id, id DESC`
    const textOf = new Map(writtenRows.parse(rows).map(({ number, body }) => [number, body]))
    return tickets.map((each) => {
      const body = textOf.get(each.ticket.number)
      return { ...each, written: body ? openText(keyring, body) : '' }
    })
  }

  return {
    async list(query, { after, limit, isWritten }) {
      const { queue } = query
      const where = { AND: [inQueue(query), afterPlace(queue, after)] }
      const rows = await prisma.ticket.findMany({ where, orderBy: orderOf(queue), take: limit + 1 })
      const shown = rows.slice(0, limit).map(ticketOf)
      const last = shown.at(-1)
      const next = rows.length > limit && last !== undefined ? placeOf(queue, last.ticket) : undefined
      return {
        tickets: isWritten ? await withWritten(shown) : shown.map((each) => ({ ...each, written: '' })),
        next,
      }
    },
    async numbered(sight, number) {
      const row = await prisma.ticket.findFirst({ where: { AND: [seen(sight), { id: BigInt(number) }] } })
      return row === null ? undefined : (await withWritten([ticketOf(row)]))[0]
    },
    async search(query, words, depth) {
      const rows = await prisma.ticket.findMany({
        where: inQueue(query),
        orderBy: { id: 'desc' },
        take: depth,
        include: { entries: { where: { body: { not: null } }, select: { body: true } } },
      })
      const found = rows.filter(({ entries }) => {
        const texts = entries.flatMap(({ body }) => (body === null ? [] : [openText(keyring, body)]))
        const text = texts.join('\n').toLowerCase()
        return words.every((word) => text.includes(word))
      })
      return withWritten(found.map(ticketOf))
    },
    counts: (query, now) => countTickets(prisma, query, now),
  }
}

async function countTickets(
  prisma: Database,
  { sight, viewerId }: Pick<QueueQuery, 'sight' | 'viewerId'>,
  now: Date,
): Promise<TicketList['counts']> {
  const { sql, values } = seenSql(sight)
  const rows = await prisma.$queryRawUnsafe(
    `SELECT count(*) FILTER (WHERE state = 'open')::int AS due,
       count(*) FILTER (WHERE state = 'open' AND promised_at <= $1)::int AS late,
       count(*) FILTER (WHERE holder_id = $2)::int AS mine,
       count(*) FILTER (WHERE state <> 'open')::int AS waiting
     FROM ticket WHERE state IN ('open', 'answered', 'confirming') AND ${sql}`,
    now,
    viewerId,
    ...values,
  )
  return countsRow.parse(rows)[0]
}

const writtenRows = z.array(z.object({ number: z.number(), body: z.instanceof(Uint8Array).nullable() }))
const count = z.number()
const countsRow = z.tuple([z.object({ due: count, late: count, mine: count, waiting: count })])

function inQueue({ sight, viewerId, queue, office, kind }: QueueQuery) {
  return {
    AND: [
      seen(sight),
      office === undefined ? {} : { office },
      kind === undefined ? {} : { kind },
      stateOf(queue, viewerId),
    ],
  }
}

function stateOf(queue: TicketFilter['queue'], viewerId: string) {
  switch (queue) {
    case 'due':
      return { state: 'open' }
    case 'mine':
      return { state: { in: standing }, holderId: viewerId }
    case 'waiting':
      return { state: { in: ['answered', 'confirming'] } }
    case 'closed':
      return { state: { in: ['closed', 'merged'] } }
  }
}

function seen(sight: Sight) {
  if (sight.type === 'all') return {}
  const { offices, kelurahan, kelurahanKinds } = sight
  const own = kelurahan === undefined ? [] : [{ kelurahan, kind: { in: [...kelurahanKinds] } }]
  return { OR: [{ office: { in: [...offices] } }, ...own] }
}

/** The same for a statement whose first two values are taken. */
function seenSql(sight: Sight): { readonly sql: string; readonly values: readonly unknown[] } {
  if (sight.type === 'all') return { sql: 'true', values: [] }
  const { offices, kelurahan, kelurahanKinds } = sight
  return {
    sql: '(office = ANY($3::text[]) OR (kelurahan = $4::text AND kind = ANY($5::text[])))',
    values: [[...offices], kelurahan ?? null, [...kelurahanKinds]],
  }
}
