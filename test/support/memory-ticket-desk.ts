import type { Ticket, TicketEntry } from '../../src/inquiry/ticket.ts'
import type { Done, TicketDesk, TicketFilter, TicketLine, TicketView } from '../../src/inquiry/ticket-desk.ts'
import { isVisible, sightOf } from '../../src/inquiry/visible.ts'
import type { Officer } from '../../src/staff/officer.ts'

/** A ticket desk in memory, with just the rules that its pages must cope with. */
export interface MemoryTicketDesk extends TicketDesk {
  readonly views: Map<number, TicketView>
  /** Another word after each change. */
  mark(number: number, viewerId: string): string
  /** How often a ticket was read: each time is noted in the trail. */
  reads: number
  readonly files: Map<
    string,
    { readonly mime: string; readonly bytes: Uint8Array; readonly name: string | undefined }
  >
  /** Every call that changes something, as it came. */
  readonly calls: { readonly act: string; readonly number: number; readonly with?: unknown }[]
  /** What the next change is answered with, instead of being done. */
  next: Done | undefined
  /** How many tickets a list shows at once. */
  pageSize: number
  talked: TicketEntry[]
  add(
    ticket: Partial<Ticket> & { readonly number: number },
    entries?: readonly Partial<TicketEntry>[],
  ): TicketView
  /** Something new stands in a ticket. */
  write(number: number, entry: Partial<TicketEntry>): TicketEntry
  set(number: number, ticket: Partial<Ticket>, view?: Partial<TicketView>): void
}

/** What the clock of the ticket tests shows: Thursday 09.30 in Kupang. */
export const deskNow = new Date('2026-03-05T01:30:00Z')

const hour = 3_600_000

/** Makes one. */
export function createMemoryTicketDesk(now: () => Date = () => deskNow): MemoryTicketDesk {
  const views = new Map<number, TicketView>()
  const calls: { act: string; number: number; with?: unknown }[] = []
  const files: MemoryTicketDesk['files'] = new Map()
  let lastId = 100n
  const versions = new Map<number, number>()
  const bump = (number: number) => versions.set(number, (versions.get(number) ?? 0) + 1)

  const entryOf = (part: Partial<TicketEntry>): TicketEntry => {
    lastId += 1n
    return {
      id: lastId,
      type: 'resident',
      at: now(),
      text: '',
      by: undefined,
      media: [],
      delivery: undefined,
      ...part,
    }
  }
  const find = (viewer: Officer, number: number): TicketView | undefined => {
    const view = views.get(number)
    return view !== undefined && isVisible(sightOf(viewer), view.ticket) ? view : undefined
  }
  const change = async (
    viewer: Officer,
    number: number,
    act: string,
    wish: unknown,
    apply: (view: TicketView) => Done | undefined,
  ): Promise<Done> => {
    calls.push({ act, number, with: wish })
    const refused = desk.next
    desk.next = undefined
    if (refused !== undefined) return refused
    const view = find(viewer, number)
    if (view === undefined) return { type: 'unknown' }
    return apply(view) ?? { type: 'done' }
  }
  const heldByOther = (viewer: Officer, { ticket }: TicketView): Done | undefined =>
    ticket.holder !== undefined && ticket.holder.id !== viewer.id
      ? { type: 'held', by: ticket.holder.name }
      : undefined
  const set = (number: number, ticket: Partial<Ticket>, part: Partial<TicketView> = {}): undefined => {
    const view = views.get(number)!
    bump(number)
    views.set(number, { ...view, ...part, ticket: { ...view.ticket, ...ticket } })
  }
  const write = (number: number, part: Partial<TicketEntry>): TicketEntry => {
    const view = views.get(number)!
    const entry = entryOf(part)
    bump(number)
    views.set(number, { ...view, entries: [...view.entries, entry] })
    return entry
  }
  const hold = ({ id, name }: Officer, number: number) => set(number, { holder: { id, name, since: now() } })

  const desk: MemoryTicketDesk = {
    views,
    mark: (number, viewerId) => `v${versions.get(number) ?? 0}-${viewerId}-${number}`,
    reads: 0,
    files,
    calls,
    next: undefined,
    pageSize: 20,
    talked: [],
    set,
    write,
    add(part, entries = [{ text: 'Selamat pagi, saya mau bertanya.' }]) {
      const ticket: Ticket = {
        kind: 'question',
        office: 'umum',
        kelurahan: undefined,
        state: 'open',
        urgent: false,
        anonymous: false,
        openedAt: new Date(now().getTime() - hour),
        promisedAt: new Date(now().getTime() + 2 * hour),
        holder: undefined,
        liveUntil: undefined,
        closesAt: undefined,
        closedAt: undefined,
        closeReason: undefined,
        mergedInto: undefined,
        ...part,
      }
      const view: TicketView = {
        ticket,
        entries: entries.map(entryOf),
        details: {},
        channel: ticket.anonymous ? undefined : 'telegram',
        reachable: true,
        history: [],
      }
      views.set(ticket.number, view)
      return view
    },
    async list(viewer, filter) {
      const seen = [...views.values()].filter((view) => isVisible(sightOf(viewer), view.ticket))
      const lines = seen.map((view) => lineOf(view, now()))
      const found = lines.filter((line) => isIn(line, viewer, filter)).sort(byUrgency)
      const from = Number(filter.after ?? 0)
      const count = (queue: TicketFilter['queue']) => lines.filter((line) => isIn(line, viewer, { queue }))
      const due = count('due')
      return {
        tickets: found.slice(from, from + desk.pageSize),
        next: found.length > from + desk.pageSize ? String(from + desk.pageSize) : undefined,
        counts: {
          due: due.length,
          late: due.filter(({ isLate }) => isLate).length,
          mine: count('mine').length,
          waiting: count('waiting').length,
        },
      }
    },
    async read(viewer, number) {
      desk.reads += 1
      return find(viewer, number)
    },
    transcript: async (viewer, number) => (find(viewer, number) === undefined ? [] : desk.talked),
    claim: (viewer, number) =>
      change(viewer, number, 'claim', undefined, (view) => heldByOther(viewer, view) ?? hold(viewer, number)),
    release: (viewer, number) =>
      change(
        viewer,
        number,
        'release',
        undefined,
        (view) => heldByOther(viewer, view) ?? set(number, { holder: undefined }),
      ),
    assign: (viewer, number, to) => change(viewer, number, 'assign', to, () => hold(to, number)),
    transfer: (viewer, number, office) =>
      change(viewer, number, 'transfer', office, () => set(number, { office, holder: undefined })),
    answer: (viewer, number, answer) =>
      change(viewer, number, 'answer', answer, (view) => {
        const refused = heldByOther(viewer, view)
        if (refused !== undefined) return refused
        if (view.ticket.state === 'closed') return { type: 'over' }
        if (answer.text.trim() === '') return { type: 'unreadable', why: 'empty' }
        if (answer.seen !== (view.entries.at(-1)?.id ?? 0n)) return { type: 'moved' }
        hold(viewer, number)
        write(number, { type: 'officer', text: answer.text, by: viewer.name, delivery: 'queued' })
        return set(number, { state: 'answered' })
      }),
    note: (viewer, number, text) =>
      change(viewer, number, 'note', text, () => {
        if (text.trim() === '') return { type: 'unreadable', why: 'empty' }
        write(number, { type: 'note', text, by: viewer.name })
        return undefined
      }),
    handBack: (viewer, number) =>
      change(viewer, number, 'handBack', undefined, () => set(number, { liveUntil: undefined })),
    askSolved: (viewer, number) =>
      change(viewer, number, 'askSolved', undefined, () => set(number, { state: 'confirming' })),
    close: (viewer, number, reason) =>
      change(viewer, number, 'close', reason, () =>
        set(number, { state: 'closed', closeReason: reason, closedAt: now() }),
      ),
    erase: (viewer, number) =>
      change(viewer, number, 'erase', undefined, () =>
        set(number, { state: 'closed', closeReason: 'done', closedAt: now() }),
      ),
    reopen: (viewer, number) =>
      change(viewer, number, 'reopen', undefined, () => set(number, { state: 'open', closedAt: undefined })),
    merge: (viewer, number, into) =>
      change(viewer, number, 'merge', into, () => {
        if (find(viewer, into) === undefined) return { type: 'unknown' }
        return set(number, { state: 'merged', mergedInto: into })
      }),
    async media(viewer, number, id) {
      const isOf = find(viewer, number)?.entries.some(({ media }) => media.includes(id)) === true
      return isOf ? files.get(id) : undefined
    },
  }
  return desk
}

function lineOf({ ticket, entries }: TicketView, now: Date): TicketLine {
  const last = entries.findLast(({ type }) => type === 'resident')
  return {
    ...ticket,
    excerpt: (last?.text ?? '').slice(0, 120),
    isLate: ticket.state === 'open' && ticket.promisedAt < now,
  }
}

function isIn(line: TicketLine, viewer: Officer, filter: TicketFilter): boolean {
  const { queue, office, kind, search } = filter
  const { state, holder } = line
  const isOver = state === 'closed' || state === 'merged'
  const inQueue = {
    due: state === 'open',
    mine: !isOver && holder?.id === viewer.id,
    waiting: state === 'answered' || state === 'confirming',
    closed: isOver,
  }
  const isFound = search === undefined || line.excerpt.includes(search) || String(line.number) === search
  return (
    inQueue[queue] && isFound && (office ?? line.office) === line.office && (kind ?? line.kind) === line.kind
  )
}

function byUrgency(one: TicketLine, other: TicketLine): number {
  return Number(other.urgent) - Number(one.urgent) || one.promisedAt.getTime() - other.promisedAt.getTime()
}
