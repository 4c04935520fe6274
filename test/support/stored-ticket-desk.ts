import type { Ticket, TicketEntry } from '../../src/inquiry/ticket.ts'
import type { Done, TicketDesk, TicketView } from '../../src/inquiry/ticket-desk.ts'
import type { Officer } from '../../src/staff/officer.ts'
import type { Database } from '../../src/storage/database.ts'

/** What a test says of a ticket. */
export interface TicketWish extends Partial<Ticket> {
  readonly details?: Readonly<Record<string, string>>
}

/** A desk that keeps what it is told in memory, with rows in the database so that what is new can be found. */
export interface StoredTicketDesk extends TicketDesk {
  /** Opens a ticket with the resident's first words. */
  open(text: string, wish?: TicketWish): Promise<number>
  add(number: number, entry: Partial<TicketEntry> & Pick<TicketEntry, 'type' | 'text'>): Promise<bigint>
  change(number: number, wish: TicketWish): Promise<void>
  entries(number: number): readonly TicketEntry[]
  /** Everything that was done, as `officer deed number`. */
  readonly deeds: string[]
  readonly files: Map<string, { mime: string; bytes: Uint8Array; name: string | undefined }>
  /** Runs before each deed; may reject. */
  beforeDeed: () => Promise<void>
  reachable: boolean
}

interface Kept {
  ticket: Ticket
  details: Readonly<Record<string, string>>
  readonly entries: TicketEntry[]
  readonly keys: Set<string>
}

/** Makes an empty desk. */
export function createStoredTicketDesk(prisma: Database, now: () => Date): StoredTicketDesk {
  const kept = new Map<number, Kept>()

  async function add(number: number, entry: Partial<TicketEntry> & Pick<TicketEntry, 'type' | 'text'>) {
    const { type, by, media = [] } = entry
    const data = { ticketId: BigInt(number), type, by: by ?? null, media: [...media], at: now() }
    const { id } = await prisma.ticketEntry.create({ data })
    const whole: TicketEntry = { at: now(), by, media, delivery: undefined, ...entry, id }
    kept.get(number)?.entries.push(whole)
    return id
  }

  async function change(number: number, wish: TicketWish): Promise<void> {
    const one = kept.get(number)!
    const { details = one.details, ...rest } = wish
    Object.assign(one, { ticket: { ...one.ticket, ...rest }, details })
    const { state, closedAt } = one.ticket
    await prisma.ticket.update({ where: { id: number }, data: { state, closedAt: closedAt ?? null } })
  }

  async function deed(
    name: string,
    officer: Officer,
    number: number,
    work: (one: Kept) => Promise<Done>,
  ): Promise<Done> {
    await desk.beforeDeed()
    const one = kept.get(number)
    if (one === undefined) return { type: 'unknown' }
    const done = await work(one)
    if (done.type === 'done') desk.deeds.push(`${officer.name} ${name} ${number}`)
    return done
  }

  const done = { type: 'done' } as const
  const hold = (one: Kept, officer: Officer): Done | undefined => {
    const { holder, state } = one.ticket
    if (state === 'closed') return { type: 'over' }
    if (holder !== undefined && holder.id !== officer.id) return { type: 'held', by: holder.name }
    one.ticket = { ...one.ticket, holder: { id: officer.id, name: officer.name, since: now() } }
    return undefined
  }
  const nothing = async (): Promise<never> => {
    throw new Error('not part of the test')
  }

  const desk: StoredTicketDesk = {
    deeds: [],
    files: new Map(),
    beforeDeed: async () => undefined,
    reachable: true,
    add,
    change,
    entries: (number) => kept.get(number)?.entries ?? [],
    async open(text, { details = {}, ...wish } = {}) {
      const { kind = 'question', office = 'dinsos', urgent = false } = wish
      const promisedAt = new Date('2026-03-05T02:00:00Z')
      const row = await prisma.ticket.create({
        data: { contactId: crypto.randomUUID(), chatId: 1n, kind, office, urgent, promisedAt },
      })
      const number = Number(row.id)
      const ticket: Ticket = {
        ...{ number, kind, office, urgent, promisedAt, state: 'open', openedAt: now(), anonymous: false },
        ...{ kelurahan: undefined, holder: undefined, liveUntil: undefined, closesAt: undefined },
        ...{ closedAt: undefined, closeReason: undefined, mergedInto: undefined },
        ...wish,
      }
      kept.set(number, { ticket, details, entries: [], keys: new Set() })
      await add(number, { type: 'resident', text })
      return number
    },
    async read(_, number): Promise<TicketView | undefined> {
      const one = kept.get(number)
      if (one === undefined) return undefined
      const { ticket, entries, details } = one
      const { reachable } = desk
      return { ticket, entries: [...entries], details, channel: 'telegram', reachable, history: [] }
    },
    answer: (officer, number, { text, seen, key }) =>
      deed('answers', officer, number, async (one) => {
        if (one.keys.has(key)) return done
        const held = hold(one, officer)
        if (held !== undefined) return held
        if (!desk.reachable) return { type: 'unreachable' }
        if (/\d{16}/.test(text)) return { type: 'unreadable', why: 'identifier' }
        const moved = one.entries.some(({ id, type }) => id > seen && type === 'resident')
        if (moved) return { type: 'moved' }
        one.keys.add(key)
        await add(number, { type: 'event', text: 'claimed', by: officer.name })
        await add(number, { type: 'officer', text, by: officer.name })
        return done
      }),
    note: (officer, number, text) =>
      deed('notes', officer, number, async () => {
        await add(number, { type: 'note', text, by: officer.name })
        return done
      }),
    claim: (officer, number) => deed('claims', officer, number, async (one) => hold(one, officer) ?? done),
    release: (officer, number) =>
      deed('releases', officer, number, async (one) => {
        one.ticket = { ...one.ticket, holder: undefined }
        return done
      }),
    askSolved: (officer, number) => deed('asks', officer, number, async () => done),
    handBack: (officer, number) => deed('hands back', officer, number, async () => done),
    close: (officer, number, reason) =>
      deed(`closes (${reason})`, officer, number, async () => {
        await add(number, { type: 'event', text: 'closed', by: officer.name })
        await change(number, { state: 'closed', closedAt: now(), closeReason: reason })
        return done
      }),
    erase: (officer, number) => deed('erases', officer, number, async () => done),
    reopen: (officer, number) =>
      deed('reopens', officer, number, async () => {
        await change(number, { state: 'open', closedAt: undefined, closeReason: undefined })
        return done
      }),
    media: async (_, __, mediaId) => desk.files.get(mediaId),
    list: nothing,
    transcript: nothing,
    assign: nothing,
    transfer: nothing,
    merge: nothing,
  }
  return desk
}
