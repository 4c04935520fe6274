import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createInquiryActions } from '../../src/inquiry/actions.ts'
import { mostEntriesAnHour } from '../../src/inquiry/add-message.ts'
import { hour, monday, openTicketWorld, penjawab, type TicketWorld } from './ticket-world.ts'

let world: TicketWorld
beforeAll(async () => {
  world = await openTicketWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = monday
  world.said.length = 0
  world.kept.length = 0
})

const alarms = async () =>
  (await world.prisma.alarm.findMany({ where: { settledAt: null }, orderBy: { id: 'asc' } })).map(
    ({ kind, details }) => ({ kind, details }),
  )

describe('open_ticket', () => {
  it('opens a ticket with its office and promise, and adds to it while it stands', async () => {
    const { act } = await world.seat()
    const message = 'kapan cair? NIK 5399015708800011, kode 3C4A-CTHE'
    const opened = await act('open_ticket', { kind: 'question', message, photo: '' })
    const number = Number(opened.values.number)
    expect(opened).toEqual({
      outcome: 'opened',
      values: { number, office: 'Pelayanan Umum', promise: 'Senin, 5 Januari 2026 pukul 16.00 WITA' },
    })
    world.wait(hour)
    const added = await act('open_ticket', { kind: 'question', message: 'halo?', photo: 'm1' })
    expect(added).toEqual({ ...opened, outcome: 'added' })
    expect(await world.entries(number)).toEqual(['resident: kapan cair? NIK #, kode #', 'resident: halo?'])
    expect(world.kept.map(({ mediaId }) => mediaId)).toEqual(['m1'])
    expect(await world.ticket(number)).toMatchObject({ kind: 'question', office: 'umum', anonymous: false })
  })

  it('has one ticket a chat and kind, and another for another chat', async () => {
    const [one, other] = [await world.seat(), await world.seat()]
    const numbers = [await one.open(), await one.open('complaint'), await other.open(), await one.open()]
    expect(new Set(numbers).size).toBe(3)
    expect(numbers[3]).toBe(numbers[0])
  })

  it('goes on with a ticket that was answered, by a new promise, and not with a closed one', async () => {
    const { open } = await world.seat()
    const number = await open()
    await world.answer(penjawab, number)
    world.wait(10 * 24 * hour)
    expect(await open()).toBe(number)
    const ticket = await world.ticket(number)
    expect(ticket).toMatchObject({ state: 'open', holder: { id: penjawab.id } })
    expect(ticket.promisedAt > world.clock.now).toBe(true)
    await world.desk.close(penjawab, number, 'done')
    expect(await open()).not.toBe(number)
  })

  it('keeps whoever reports others unknown, and hastens what is fraud', async () => {
    const { open } = await world.seat()
    const [complaint, fraud] = [await open('complaint'), await open('fraud', 'minta OTP')]
    expect(await world.ticket(complaint)).toMatchObject({ anonymous: true, urgent: false, office: 'umum' })
    const ticket = await world.ticket(fraud)
    expect(ticket).toMatchObject({ anonymous: true, urgent: true, office: 'dinsos' })
    expect(ticket.promisedAt).toEqual(new Date('2026-01-05T12:00:00+08:00'))
    expect(await alarms()).toContainEqual({
      kind: 'ticket_fraud',
      details: { number: String(fraud), office: 'dinsos' },
    })
  })

  it('promises to erase within three days of the clock', async () => {
    const { open } = await world.seat()
    world.clock.now = new Date('2026-01-09T17:00:00+08:00')
    const { promisedAt } = await world.ticket(await open('deletion'))
    expect(promisedAt).toEqual(new Date('2026-01-12T17:00:00+08:00'))
  })

  it('loses nothing of what comes too fast, and makes few lines of it', async () => {
    const { open } = await world.seat()
    const numbers = new Set<number>()
    for (let n = 1; n <= mostEntriesAnHour + 25; n += 1)
      numbers.add(await open('question', `pesan-${n}.`, `m${n}`))
    expect(numbers.size).toBe(1)
    const stored = await world.store.entries(world.prisma, [...numbers][0]!)
    expect(stored).toHaveLength(mostEntriesAnHour)
    const words = stored
      .map(({ entry }) => entry.text)
      .join('\n')
      .split('\n')
    expect(words).toEqual(Array.from({ length: mostEntriesAnHour + 25 }, (_, n) => `pesan-${n + 1}.`))
    expect(stored.flatMap(({ entry }) => entry.media)).toHaveLength(mostEntriesAnHour + 25)
  })

  it('makes several lines of a very long message', async () => {
    const { open } = await world.seat()
    const number = await open('question', 'x'.repeat(9_000))
    const stored = await world.store.entries(world.prisma, number)
    expect(stored.map(({ entry }) => entry.text.length)).toEqual([4_000, 4_000, 1_000])
  })

  it('seals what was written', async () => {
    const { open } = await world.seat()
    await open('complaint', 'rahasia-sekali')
    for (const table of ['ticket', 'ticket_entry']) {
      const { rows } = await world.database.pool.query(`SELECT t::text AS row FROM ${table} t`)
      const texts = rows.map(({ row }) => String(row)).join('\n')
      expect(texts).not.toContain('rahasia-sekali')
      expect(texts).not.toContain(Buffer.from('rahasia-sekali').toString('hex'))
    }
  })
})

describe('open_ticket, about others', () => {
  it.each(['complaint', 'fraud'])(
    'opens another %s, unknown again, when the standing one was made known',
    async (kind) => {
      const { act, open } = await world.seat()
      const known = await open(kind, 'satu')
      expect(await open(kind, 'dua')).toBe(known)
      await act('hide_identity', { number: known, hide: false })
      const unknown = await open(kind, 'petugas itu juga minta uang')
      expect(unknown).not.toBe(known)
      expect((await world.ticket(unknown)).anonymous).toBe(true)
      expect(await open(kind, 'tiga')).toBe(unknown)
      expect(await world.entries(known)).not.toContain('resident: petugas itu juga minta uang')
    },
  )
})

describe('open_proposal', () => {
  const proposal = {
    for_whom: 'other',
    name: 'Mama  Ina',
    kelurahan: '53.71.02.1001',
    reason: 'rumah rusak',
    callback: true,
  }

  it('is one a chat, kelurahan and name, however the name is written', async () => {
    const { act } = await world.seat()
    const first = await act('open_proposal', proposal)
    expect(first.outcome).toBe('opened')
    expect(await act('open_proposal', { ...proposal, name: 'MAMA ina' })).toEqual({
      ...first,
      outcome: 'added',
    })
    for (const other of [{ name: 'Mama Ani' }, { kelurahan: '53.71.02.1002' }, { name: null }]) {
      expect((await act('open_proposal', { ...proposal, ...other })).outcome).toBe('opened')
    }
    const number = Number(first.values.number)
    expect(await world.store.details(world.prisma, number)).toEqual({
      name: 'Mama  Ina',
      for_whom: 'other',
      callback: 'true',
    })
    expect(await world.ticket(number)).toMatchObject({ kelurahan: '53.71.02.1001', anonymous: false })
  })
})

describe('open_objection', () => {
  it('is anonymous about others, not about oneself, and each is a matter of its own', async () => {
    const { act } = await world.seat()
    const objection = { kelurahan: '', message: 'dia mampu', photo: '' }
    const other = await act('open_objection', { ...objection, about: 'other' })
    const self = await act('open_objection', { ...objection, about: 'self' })
    expect([other.outcome, self.outcome]).toEqual(['opened', 'opened'])
    const [one, two] = [other, self].map(({ values }) => Number(values.number))
    expect(await world.ticket(one!)).toMatchObject({
      kind: 'objection_other',
      anonymous: true,
      kelurahan: undefined,
    })
    expect(await world.ticket(two!)).toMatchObject({ kind: 'objection', anonymous: false })
  })
})

describe('note_late_message', () => {
  const note = async (seat: Awaited<ReturnType<typeof world.seat>>, message: string) => {
    const { note_late_message } = createInquiryActions({ ...world.shared, content: () => new Map() })
    const { values } = await world.prisma.$transaction(async (transaction) => {
      const { contactId, chatId } = seat
      const context = {
        transaction,
        contactId,
        chatId: String(chatId),
        channel: 'telegram' as const,
        now: monday,
      }
      return note_late_message.run({ message, written_at: '2026-01-01T01:00:00Z' }, context)
    })
    return Number(values.number)
  }

  it('tells nobody who wrote it, and the answer still reaches the chat', async () => {
    const seat = await world.seat()
    const number = await note(seat, 'mau lapor, pak RT minta uang')
    expect(await world.ticket(number)).toMatchObject({ kind: 'late', anonymous: true })
    expect(await note(seat, 'lagi')).toBe(number)
    expect(await world.desk.read(penjawab, number)).toMatchObject({ channel: undefined, history: [] })
    expect(await world.answer(penjawab, number)).toEqual({ type: 'done' })
    expect(world.said).toContainEqual(expect.objectContaining({ chatId: seat.chatId, what: 'answer' }))
  })
})

describe('add_to_ticket', () => {
  it('goes on with a closed ticket, also from another chat of the person', async () => {
    const { contactId, open } = await world.seat()
    const other = await world.seat('whatsapp', contactId)
    const number = await open()
    await world.desk.close(penjawab, number, 'done')
    world.wait(24 * hour)
    const added = await other.act('add_to_ticket', { number, message: 'belum juga', photo: '' })
    expect(added).toMatchObject({
      outcome: 'added',
      values: { promise: 'Selasa, 6 Januari 2026 pukul 16.00 WITA' },
    })
    expect(await world.ticket(number)).toMatchObject({
      state: 'open',
      closedAt: undefined,
      closeReason: undefined,
    })
  })
})

describe('hide_identity', () => {
  it('hides and shows who it is, with a line of it', async () => {
    const { act, open } = await world.seat()
    const number = await open('complaint')
    expect(await act('hide_identity', { number, hide: false })).toEqual({ outcome: 'shown', values: {} })
    expect((await world.ticket(number)).anonymous).toBe(false)
    expect(await act('hide_identity', { number, hide: true })).toEqual({ outcome: 'hidden', values: {} })
    expect(await act('hide_identity', { number, hide: true })).toEqual({ outcome: 'hidden', values: {} })
    expect((await world.entries(number)).slice(1)).toEqual(['event: shown', 'event: hidden', 'event: hidden'])
    await act('hide_identity', { number, hide: false })
    await act('hide_identity', { number, hide: false })
    expect((await world.entries(number)).slice(4)).toEqual(['event: shown'])
  })
})

describe('list_tickets', () => {
  it('lists the own tickets of all chats, newest first, without those that are long closed', async () => {
    const { contactId, act, open } = await world.seat()
    const other = await world.seat('whatsapp', contactId)
    expect(await act('list_tickets')).toEqual({ outcome: 'none', values: {} })
    const first = await open()
    expect(await other.act('list_tickets')).toEqual({ outcome: 'one', values: { number: first } })
    const second = await other.open('complaint')
    const label = (number: number, kind: string) => ({
      number,
      label: `${number}: Urusan ${kind}, 5 Januari 2026`,
    })
    const tickets = [label(second, 'complaint'), label(first, 'question')]
    expect(await act('list_tickets')).toEqual({ outcome: 'many', values: { tickets } })
    await world.desk.close(penjawab, first, 'done')
    world.wait(31 * 24 * hour)
    expect(await act('list_tickets')).toEqual({ outcome: 'one', values: { number: second } })
  })
})

describe('find_ticket', () => {
  it('tells where it stands', async () => {
    const { act, open } = await world.seat()
    const number = await open()
    const find = async () => (await act('find_ticket', { number })).outcome
    expect(await find()).toBe('waiting')
    world.wait(9 * hour)
    expect(await find()).toBe('late')
    await world.answer(penjawab, number)
    expect(await find()).toBe('answered')
    await world.desk.askSolved(penjawab, number)
    expect(await find()).toBe('confirming')
    await world.desk.close(penjawab, number, 'done')
    expect(await act('find_ticket', { number })).toEqual({
      outcome: 'closed',
      values: {
        number,
        title: 'Urusan question',
        office: 'Pelayanan Umum',
        opened_on: '2026-01-05',
        closed_on: '2026-01-05',
      },
    })
  })

  it('follows a ticket into the one it was merged into', async () => {
    const { act, open } = await world.seat()
    const [late, question] = [await open('question'), await open('deletion')]
    await world.desk.merge(penjawab, late, question)
    expect(await act('find_ticket', { number: late })).toMatchObject({
      outcome: 'waiting',
      values: { number: question },
    })
  })
})

describe('what asks for a number', () => {
  it.each([
    ['add_to_ticket', { message: 'x', photo: '' }],
    ['hide_identity', { hide: false }],
    ['find_ticket', {}],
    ['confirm_ticket', { solved: true }],
    ['confirm_ticket', { solved: false }],
  ] as const)(
    '%s tells nothing of somebody else’s ticket: it is as one that does not exist',
    async (name, input) => {
      const [owner, stranger] = [await world.seat(), await world.seat()]
      const number = await owner.open('complaint')
      const before = JSON.stringify([await world.ticket(number), await world.entries(number)])
      const results = []
      for (const asked of [number, 999_999_999, -1, 2 ** 60, 1.5, 5_399_015_708_800_011])
        results.push(JSON.stringify(await stranger.act(name, { ...input, number: asked })))
      expect(new Set(results)).toEqual(new Set([JSON.stringify({ outcome: 'unknown', values: {} })]))
      expect(JSON.stringify([await world.ticket(number), await world.entries(number)])).toBe(before)
      expect(await world.prisma.auditEntry.count({ where: { subject: { contains: '5399' } } })).toBe(0)
    },
  )
})

describe('confirm_ticket', () => {
  it('closes what is solved, and says so again', async () => {
    const { act, open } = await world.seat()
    const number = await open()
    await world.answer(penjawab, number)
    for (let time = 0; time < 2; time += 1) {
      expect(await act('confirm_ticket', { number, solved: true })).toEqual({ outcome: 'closed', values: {} })
    }
    expect(await world.ticket(number)).toMatchObject({
      state: 'closed',
      closeReason: 'solved',
      holder: undefined,
      liveUntil: undefined,
    })
    expect((await world.entries(number)).filter((line) => line === 'event: confirmed')).toHaveLength(1)
    expect(world.said.at(-1)).toMatchObject({ what: 'hold', at: null })
  })

  it('gives what is not solved back to the same officer, by a new promise', async () => {
    const { act, open } = await world.seat()
    const number = await open()
    await world.answer(penjawab, number)
    await world.desk.askSolved(penjawab, number)
    world.wait(24 * hour)
    const reopened = await act('confirm_ticket', { number, solved: false })
    expect(reopened).toMatchObject({
      outcome: 'reopened',
      values: { promise: 'Selasa, 6 Januari 2026 pukul 16.00 WITA' },
    })
    expect(await world.ticket(number)).toMatchObject({
      state: 'open',
      holder: { id: penjawab.id },
      closesAt: undefined,
    })
    expect(await act('confirm_ticket', { number, solved: false })).toEqual(reopened)
    expect((await world.entries(number)).filter((line) => line === 'event: reopened')).toHaveLength(1)
  })
})

describe('hear_for_officer', () => {
  it('adds to the live ticket, holds the chat for longer, and is over when nobody answers', async () => {
    const { act, open, chatId } = await world.seat()
    const number = await open()
    expect(await act('hear_for_officer', { message: 'halo', photo: '' })).toEqual({
      outcome: 'over',
      values: {},
    })
    await world.answer(penjawab, number)
    world.wait(20 * 60_000)
    expect(await act('hear_for_officer', { message: 'di mana?', photo: 'm7' })).toEqual({
      outcome: 'heard',
      values: {},
    })
    const until = new Date(world.clock.now.getTime() + 30 * 60_000)
    expect(world.said.at(-1)).toEqual({ chatId, what: 'hold', at: until })
    expect(await world.ticket(number)).toMatchObject({
      state: 'open',
      liveUntil: until,
      holder: { id: penjawab.id },
    })
    expect((await world.entries(number)).at(-1)).toBe('resident: di mana?')
    expect(world.kept).toContainEqual({ mediaId: 'm7', chatId: String(chatId) })
    world.wait(31 * 60_000)
    expect((await act('hear_for_officer', { message: 'halo?', photo: '' })).outcome).toBe('over')
  })
})

describe('leave_officer', () => {
  it('gives the chat back, and leaves the ticket as it is', async () => {
    const { act, open, chatId } = await world.seat()
    const number = await open()
    await world.answer(penjawab, number)
    expect(await act('leave_officer')).toEqual({ outcome: 'left', values: {} })
    expect(await world.ticket(number)).toMatchObject({
      state: 'answered',
      liveUntil: undefined,
      holder: { id: penjawab.id },
    })
    expect((await world.entries(number)).at(-1)).toBe('event: left')
    expect(world.said.at(-1)).toEqual({ chatId, what: 'hold', at: null })
    expect((await act('hear_for_officer', { message: 'x', photo: '' })).outcome).toBe('over')
  })
})

describe('the trail', () => {
  it('tells who did what with which number, and of an anonymous ticket not who', async () => {
    const { act, open, contactId } = await world.seat()
    const [question, complaint] = [await open(), await open('complaint', 'lurah minta uang')]
    await act('find_ticket', { number: complaint })
    const rows = await world.prisma.auditEntry.findMany({
      where: { subject: { in: [question, complaint].map(String) } },
      orderBy: { id: 'asc' },
    })
    expect(rows.map(({ actorId, action, subject }) => [actorId, action, Number(subject)])).toEqual([
      [contactId, 'ticket.open', question],
      ['anonymous', 'ticket.open', complaint],
      ['anonymous', 'ticket.find', complaint],
    ])
    expect(JSON.stringify(rows.map(({ details }) => details))).not.toContain('uang')
  })
})
