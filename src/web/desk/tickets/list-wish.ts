import { type TicketKind, ticketKinds } from '../../../inquiry/ticket.ts'
import type { TicketFilter } from '../../../inquiry/ticket-desk.ts'

/** The queues as addresses name them. */
const queueWords = { due: 'jawab', mine: 'saya', waiting: 'menunggu', closed: 'selesai' } as const
type Queue = TicketFilter['queue']
const queues = ['due', 'mine', 'waiting', 'closed'] as const

/** The queues in the order of their tabs. */
export const queueOrder: readonly Queue[] = queues

/** What an officer wants listed. */
export interface ListWish extends TicketFilter {
  /** What is searched for, as it may stand in an address. */
  readonly sealed?: string | undefined
}

/** What an address asks to be listed; whatever it names that there is not is left out. */
export function readWish(
  query: Readonly<Record<string, string>>,
  open: (sealed: string | undefined) => string | undefined,
): ListWish {
  const search = open(query.cari)
  const queue = queues.find((name) => queueWords[name] === query.antrean) ?? 'due'
  return {
    queue,
    office: given(query.kantor),
    kind: ticketKinds.find((kind: TicketKind) => kind === query.jenis),
    search,
    sealed: search === undefined ? undefined : query.cari,
    after: given(query.sesudah),
  }
}

/** The address, below /desk, of what a filter lists. */
export function wishPath(
  filter: ListWish,
  base = '/tiket',
  more: Readonly<Record<string, string>> = {},
): string {
  const { queue, office, kind, sealed, after } = filter
  const wish = {
    antrean: queueWords[queue],
    kantor: office,
    jenis: kind,
    cari: sealed,
    sesudah: after,
    ...more,
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(wish)) if (value !== undefined) query.set(name, value)
  return `${base}?${query}`
}

/** The word by which an address names a queue. */
export function queueWord(queue: Queue): string {
  return queueWords[queue]
}

function given(value: string | undefined): string | undefined {
  const trimmed = value?.trim() ?? ''
  return trimmed === '' ? undefined : trimmed
}
