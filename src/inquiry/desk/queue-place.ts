import type { Ticket } from '../ticket.ts'
import type { TicketFilter } from '../ticket-desk.ts'

type Queue = TicketFilter['queue']

/** How a queue is ordered: what is urgent and promised first, or what came or ended last. */
export function orderOf(queue: Queue) {
  switch (queue) {
    case 'due':
    case 'mine':
      return [{ urgent: 'desc' as const }, { promisedAt: 'asc' as const }, { id: 'asc' as const }]
    case 'waiting':
      return [{ id: 'desc' as const }]
    case 'closed':
      return [{ closedAt: 'desc' as const }, { id: 'desc' as const }]
  }
}

/** The place of a ticket in a queue, for an address: figures and dots. */
export function placeOf(queue: Queue, { number, urgent, promisedAt, closedAt }: Ticket): string {
  switch (queue) {
    case 'due':
    case 'mine':
      return `${urgent ? 1 : 0}.${promisedAt.getTime()}.${number}`
    case 'waiting':
      return `${number}`
    case 'closed':
      return `${(closedAt ?? new Date(0)).getTime()}.${number}`
  }
}

/** What stands after a place; everything, where it is none. */
export function afterPlace(queue: Queue, place: string | undefined) {
  const parts = /^\d{1,15}(\.\d{1,15}){0,2}$/.test(place ?? '') ? (place ?? '').split('.').map(Number) : []
  const [first = 0, second = 0, third = 0] = parts
  if (parts.length !== (queue === 'closed' ? 2 : queue === 'waiting' ? 1 : 3)) return {}
  switch (queue) {
    case 'due':
    case 'mine': {
      const [urgent, promisedAt] = [first === 1, new Date(second)]
      return {
        OR: [
          ...(urgent ? [{ urgent: false }] : []),
          { urgent, promisedAt: { gt: promisedAt } },
          { urgent, promisedAt, id: { gt: BigInt(third) } },
        ],
      }
    }
    case 'waiting':
      return { id: { lt: BigInt(first) } }
    case 'closed': {
      const closedAt = new Date(first)
      return { OR: [{ closedAt: { lt: closedAt } }, { closedAt, id: { lt: BigInt(second) } }] }
    }
  }
}
