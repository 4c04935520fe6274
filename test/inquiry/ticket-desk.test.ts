import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeReasons } from '../../src/inquiry/ticket.ts'
import {
  admin,
  auditor,
  bansos,
  colleague,
  hour,
  monday,
  openTicketWorld,
  penjawab,
  type TicketWorld,
} from './ticket-world.ts'

let world: TicketWorld
beforeAll(async () => {
  world = await openTicketWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = monday
  world.said.length = 0
})

const done = { type: 'done' }
const trail = async (number: number) =>
  (
    await world.prisma.auditEntry.findMany({
      where: { subject: String(number), actorType: 'staff' },
      orderBy: { id: 'asc' },
    })
  ).map(({ actorId, action }) => `${actorId} ${action}`)

describe('claim', () => {
  it('gives the ticket to whoever is first, and names them to others', async () => {
    const number = await (await world.seat()).open()
    expect(await world.desk.claim(penjawab, number)).toEqual(done)
    expect(await world.desk.claim(penjawab, number)).toEqual(done)
    expect(await world.desk.claim(colleague, number)).toEqual({ type: 'held', by: penjawab.name })
    expect((await world.ticket(number)).holder).toEqual({
      id: penjawab.id,
      name: penjawab.name,
      since: monday,
    })
    expect(await trail(number)).toEqual([`${penjawab.id} ticket.claim`])
    expect((await world.entries(number)).slice(1)).toEqual(['event: claimed'])
  })

  it('lets exactly one of fifty who claim at once have it', async () => {
    const number = await (await world.seat()).open()
    // Every connection stands, so that the claims do not follow one another as they are made.
    const clients = await Promise.all(Array.from({ length: 16 }, () => world.database.pool.connect()))
    for (const client of clients) client.release()
    const many = Array.from({ length: 50 }, (_, n) => ({ ...penjawab, id: `id-${n}`, name: `Petugas ${n}` }))
    const results = await Promise.all(many.map((each) => world.desk.claim(each, number)))
    expect(results.filter(({ type }) => type === 'done')).toHaveLength(1)
    const { holder } = await world.ticket(number)
    expect(results.filter((each) => each.type === 'held' && each.by === holder?.name)).toHaveLength(49)
    expect(await trail(number)).toHaveLength(1)
  })
})

describe('release and assign', () => {
  it('are for the holder or an admin, and end what is live', async () => {
    const { open, chatId } = await world.seat()
    const number = await open()
    expect(await world.desk.release(penjawab, number)).toEqual(done)
    await world.answer(penjawab, number)
    expect(await world.desk.release(colleague, number)).toEqual({ type: 'held', by: penjawab.name })
    expect(await world.desk.assign(colleague, number, colleague)).toEqual({ type: 'held', by: penjawab.name })
    expect(await world.desk.assign(admin, number, auditor)).toEqual({ type: 'unknown' })
    expect(await world.desk.assign(admin, number, colleague)).toEqual(done)
    expect((await world.ticket(number)).holder?.id).toBe(colleague.id)
    expect(await world.desk.release(admin, number)).toEqual(done)
    expect(await world.ticket(number)).toMatchObject({ holder: undefined, liveUntil: undefined })
    expect(world.said.slice(-2)).toEqual([
      { chatId, what: 'hold', at: null },
      { chatId, what: 'handBack' },
    ])
  })
})

describe('transfer', () => {
  it('gives the ticket to another office, with a new promise and nobody who holds it', async () => {
    const number = await (await world.seat()).open()
    await world.desk.claim(penjawab, number)
    world.wait(26 * hour)
    expect(await world.desk.transfer(penjawab, number, 'polisi')).toEqual({ type: 'unknown' })
    expect(await world.desk.transfer(penjawab, number, 'dinsos')).toEqual(done)
    expect(await world.ticket(number)).toMatchObject({
      ...{ office: 'dinsos', state: 'open', holder: undefined },
      promisedAt: new Date('2026-01-07T09:30:00+08:00'),
    })
    expect(await world.desk.claim(penjawab, number)).toEqual({ type: 'unknown' })
    expect(await world.desk.claim(bansos, number)).toEqual(done)
  })
})

describe('answer', () => {
  it('is signed by the office, holds chat and ticket, and tells what became of it', async () => {
    const { open, chatId } = await world.seat()
    const number = await open()
    expect(await world.answer(penjawab, number, '  Silakan datang. {{text}} $& ')).toEqual(done)
    expect(world.said.find(({ what }) => what === 'answer')).toMatchObject({
      ...{ chatId, number, what: 'answer' },
      text: `Pemerintah Kota Kupang, nomor ${number}:\nSilakan datang. {{text}} $&`,
    })
    expect(await world.ticket(number)).toMatchObject({
      ...{ state: 'answered', holder: { id: penjawab.id } },
      liveUntil: new Date(monday.getTime() + 30 * 60_000),
    })
    const view = await world.desk.read(penjawab, number)
    expect(view?.entries.at(-1)).toMatchObject({
      type: 'officer',
      by: penjawab.name,
      delivery: 'queued',
      text: 'Silakan datang. {{text}} $&',
    })
    expect(view?.entries[0]?.delivery).toBeUndefined()
  })

  it('is the same answer for the same key, also at once', async () => {
    const number = await (await world.seat()).open()
    const seen = await world.lastSeen(number)
    const once = () => world.desk.answer(penjawab, number, { text: 'Ya.', seen, key: 'k1' })
    const results = await Promise.all([once(), once(), once()])
    expect(results).toEqual([done, done, done])
    expect(world.said.filter(({ what }) => what === 'answer')).toHaveLength(1)
    expect(await once()).toEqual(done)
    expect((await world.entries(number)).slice(1)).toEqual(['officer: Ya.'])
  })

  it('is not sent when the person, or a colleague, wrote since', async () => {
    const { open, act } = await world.seat()
    const number = await open()
    const answer = (seen: bigint, who = penjawab) =>
      world.desk.answer(who, number, { text: 'Ya.', seen, key: String(Math.random()) })
    let seen = await world.lastSeen(number)
    await act('open_ticket', { kind: 'question', message: 'eh, bukan', photo: '' })
    expect(await answer(seen)).toEqual({ type: 'moved' })
    seen = await world.lastSeen(number)
    await world.desk.note(penjawab, number, 'saya cek dulu')
    expect(await answer(seen)).toEqual(done)
    seen = await world.lastSeen(number)
    await world.desk.note(colleague, number, 'jangan janji')
    expect(await answer(seen)).toEqual({ type: 'moved' })
    expect(world.said.filter(({ what }) => what === 'answer')).toHaveLength(1)
  })

  it('tells whoever had read a line into which more was put that it moved', async () => {
    const { open } = await world.seat()
    let number = 0
    for (let n = 0; n < 35; n += 1) number = await open('question', `${n}`)
    const seen = await world.lastSeen(number)
    await open('question', 'tambahan')
    expect(await world.desk.answer(penjawab, number, { text: 'Ya.', seen, key: 'x' })).toEqual({
      type: 'moved',
    })
  })

  it.each([
    ['  ', 'empty'],
    ['x'.repeat(3_501), 'too_long'],
    ['NIK Ibu 5399015708800011.', 'identifier'],
    ['NIK 5399 0157 0880 0011', 'identifier'],
    ['5399.0157.0880.0011 benar?', 'identifier'],
    ['nomor ５３９９０１５７０８８０００１１', 'identifier'],
    ['5399015708800011 081', 'identifier'],
    ['Kode OTP Ibu berapa?', 'secret'],
    ['tolong kirim PIN kartunya', 'secret'],
  ])('refuses to send %j: %s', async (text, why) => {
    const number = await (await world.seat()).open()
    expect(await world.answer(penjawab, number, text)).toEqual({ type: 'unreadable', why })
    expect(world.said).toEqual([])
  })

  it.each([
    'Telepon 0812 3456 7890 atau 0380 123456',
    'x'.repeat(3_500),
    'NIP 196701011990031001',
    'Jangan beri OTP atau PIN kepada siapa pun.',
    'Pintu kantor di sebelah kanan.',
  ])('sends %j', async (text) => {
    expect(await world.answer(penjawab, await (await world.seat()).open(), text)).toEqual(done)
  })

  it('is refused to others than the holder, on what is over, and where the person cannot be reached', async () => {
    const { open, chatId } = await world.seat()
    const number = await open()
    await world.desk.claim(penjawab, number)
    expect(await world.answer(colleague, number)).toEqual({ type: 'held', by: penjawab.name })
    expect(await world.answer(admin, number)).toEqual({ type: 'held', by: penjawab.name })
    await world.prisma.chat.update({ where: { id: chatId }, data: { state: 'stopped' } })
    expect(await world.answer(penjawab, number)).toEqual({ type: 'unreachable' })
    expect(await world.desk.askSolved(penjawab, number)).toEqual({ type: 'unreachable' })
    expect((await world.desk.read(penjawab, number))?.reachable).toBe(false)
    expect(await world.desk.close(penjawab, number, 'unreachable')).toEqual(done)
    expect(await world.answer(penjawab, number)).toEqual({ type: 'over' })
    await world.prisma.chat.delete({ where: { id: chatId } })
    await world.desk.reopen(penjawab, number)
    expect(await world.answer(penjawab, number)).toEqual({ type: 'unreachable' })
  })
})

describe('note', () => {
  it('is read by staff only, masked, whoever holds the ticket and after it is closed', async () => {
    const { open } = await world.seat()
    const number = await open()
    await world.desk.claim(penjawab, number)
    expect(await world.desk.note(colleague, number, 'lihat NIK 5399015708800011')).toEqual(done)
    await world.desk.close(penjawab, number, 'spam')
    expect(await world.desk.note(colleague, number, 'sudah')).toEqual(done)
    expect(await world.desk.note(colleague, number, ' ')).toEqual({ type: 'unreadable', why: 'empty' })
    expect((await world.entries(number)).filter((line) => line.startsWith('note'))).toEqual([
      'note: lihat NIK #',
      'note: sudah',
    ])
    expect(world.said).toEqual([])
  })
})

describe('erase', () => {
  it('has everything erased for who asked for it, tells them, and closes the ticket', async () => {
    const { open, chatId } = await world.seat()
    const number = await open('deletion')
    expect(await world.desk.erase(penjawab, number)).toEqual({ type: 'done' })
    const { contactId } = await world.prisma.ticket.findUniqueOrThrow({ where: { id: BigInt(number) } })
    expect(world.erased).toEqual([contactId])
    expect(world.said).toContainEqual({ chatId, what: 'erased', number })
    expect(await world.ticket(number)).toMatchObject({ state: 'closed', closeReason: 'done' })
    expect(await world.desk.erase(penjawab, number)).toEqual({ type: 'over' })
  })

  it('erases nothing for any other ticket', async () => {
    const before = world.erased.length
    const number = await (await world.seat()).open()
    expect(await world.desk.erase(penjawab, number)).toEqual({ type: 'unknown' })
    expect(world.erased).toHaveLength(before)
  })
})

describe('handBack', () => {
  it('gives a live chat back to the bot once, and keeps the holder', async () => {
    const { open, chatId } = await world.seat()
    const number = await open()
    await world.answer(penjawab, number)
    expect(await world.desk.handBack(colleague, number)).toEqual({ type: 'held', by: penjawab.name })
    for (let time = 0; time < 2; time += 1) expect(await world.desk.handBack(penjawab, number)).toEqual(done)
    expect(world.said.filter(({ what }) => what === 'handBack')).toEqual([{ chatId, what: 'handBack' }])
    expect(await world.ticket(number)).toMatchObject({
      liveUntil: undefined,
      holder: { id: penjawab.id },
      state: 'answered',
    })
  })
})

describe('askSolved', () => {
  it('has the bot ask, once, and gives the person three days', async () => {
    const { open, chatId } = await world.seat()
    const number = await open()
    await world.answer(penjawab, number)
    for (let time = 0; time < 2; time += 1) expect(await world.desk.askSolved(penjawab, number)).toEqual(done)
    const closesAt = new Date(monday.getTime() + 72 * hour)
    expect(world.said.slice(-2)).toEqual([
      { chatId, what: 'hold', at: null },
      { chatId, what: 'askSolved', number, at: closesAt },
    ])
    expect(await world.ticket(number)).toMatchObject({ state: 'confirming', closesAt, liveUntil: undefined })
  })
})

describe('close and reopen', () => {
  it.each(closeReasons)('closes for the reason %s and opens again by a new promise', async (reason) => {
    const { open } = await world.seat()
    const number = await open()
    await world.answer(penjawab, number)
    expect(await world.desk.close(colleague, number, reason)).toEqual({ type: 'held', by: penjawab.name })
    expect(await world.desk.close(penjawab, number, reason)).toEqual(done)
    const silent = ['spam', 'unreachable', 'duplicate'].includes(reason)
    expect(world.said.at(-1)?.what).toBe(silent ? 'handBack' : 'closed')
    expect(await world.ticket(number)).toMatchObject({
      state: 'closed',
      closeReason: reason,
      holder: undefined,
      liveUntil: undefined,
    })
    expect(await world.desk.close(penjawab, number, reason)).toEqual({ type: 'over' })
    world.wait(24 * hour)
    for (let time = 0; time < 2; time += 1) expect(await world.desk.reopen(colleague, number)).toEqual(done)
    expect(await world.ticket(number)).toMatchObject({
      ...{ state: 'open', closedAt: undefined, closeReason: undefined },
      promisedAt: new Date('2026-01-06T16:00:00+08:00'),
    })
    expect((await world.entries(number)).filter((line) => line === 'event: reopened')).toHaveLength(1)
  })
})

describe('merge', () => {
  it('puts the entries of one ticket into another of the same person', async () => {
    const one = await world.seat()
    const two = await world.seat('whatsapp', one.contactId)
    const [from, into] = [await one.open('question', 'satu'), await two.open('deletion', 'dua')]
    await world.answer(penjawab, from)
    await world.answer(penjawab, into)
    await one.open('question', 'tiga')
    const { promisedAt } = await world.ticket(from)
    expect(await world.desk.merge(penjawab, from, into)).toEqual(done)
    const lines = await world.entries(into)
    expect(lines).toEqual([
      'resident: dua',
      'officer: Minggu depan.',
      'resident: satu',
      'officer: Minggu depan.',
      'resident: tiga',
      'event: merged',
    ])
    expect(await world.entries(from)).toEqual(['event: merged'])
    expect(await world.ticket(from)).toMatchObject({
      state: 'merged',
      mergedInto: into,
      holder: undefined,
      liveUntil: undefined,
    })
    expect(await world.ticket(into)).toMatchObject({ state: 'open', promisedAt })
    for (const deed of [world.desk.claim, world.desk.reopen, world.desk.askSolved]) {
      expect(await deed(penjawab, from)).toEqual({ type: 'over' })
    }
    expect(await world.desk.merge(penjawab, into, from)).toEqual({ type: 'over' })
    const third = await two.open('question', 'empat')
    expect(await world.desk.merge(penjawab, into, third)).toEqual(done)
    expect((await world.ticket(from)).mergedInto).toBe(third)
    expect(await one.act('find_ticket', { number: from })).toMatchObject({ values: { number: third } })
  })

  it('tells whoever follows the other ticket of all that came from the first, as it was written', async () => {
    const { open } = await world.seat()
    const from = await open('question', 'satu', 'foto-1')
    world.wait(hour)
    const into = await open('deletion', 'dua')
    await world.answer(penjawab, from)
    const before = await world.store.entries(world.prisma, from)
    const seen = await world.lastSeen(into)
    world.wait(hour)
    expect(await world.desk.merge(penjawab, from, into)).toEqual(done)
    const told = await world.store.entries(world.prisma, into, seen)
    const plain = (stored: typeof told) =>
      stored.map(({ entry: { id: _, ...entry }, byId, outboxId }) => ({ ...entry, byId, outboxId }))
    expect(plain(told.slice(0, -1))).toEqual(plain(before))
    expect(told.at(-1)?.entry).toMatchObject({ type: 'event', text: 'merged' })
    expect(await world.desk.answer(penjawab, into, { text: 'Ya.', seen, key: 'merged' })).toEqual({
      type: 'moved',
    })
    expect(await world.desk.media(penjawab, into, 'foto-1')).toBeDefined()
  })

  it('refuses tickets of two persons, one ticket, what is held, and what is anonymous', async () => {
    const [one, two] = [await world.seat(), await world.seat()]
    const [mine, theirs, deletion] = [await one.open(), await two.open(), await one.open('deletion')]
    const [complaint, other] = [await one.open('complaint'), await one.open('fraud')]
    expect(await world.desk.merge(admin, mine, theirs)).toEqual({ type: 'unknown' })
    expect(await world.desk.merge(admin, mine, mine)).toEqual({ type: 'unknown' })
    expect(await world.desk.merge(admin, mine, 999_999)).toEqual({ type: 'unknown' })
    expect(await world.desk.merge(admin, complaint, mine)).toEqual({ type: 'unknown' })
    expect(await world.desk.merge(admin, complaint, other)).toEqual({ type: 'unknown' })
    await world.desk.claim(colleague, deletion)
    expect(await world.desk.merge(admin, mine, deletion)).toEqual({ type: 'held', by: colleague.name })
  })
})

describe('list', () => {
  it('orders by lane and promise, and goes on page by page without losing or repeating any', async () => {
    const own = await openTicketWorld()
    const expected: number[] = []
    const later: number[] = []
    for (let n = 0; n < 65; n += 1) {
      const { open } = await own.seat()
      if (n % 13 === 0) expected.push(await open('fraud', `tiket ${n}`))
      else later.push(await open('question', `tiket ${n}`))
      if (n % 2 === 0) own.wait(60_000)
    }
    expected.push(...later)
    const numbers: number[] = []
    let after: string | undefined
    do {
      const page = await own.desk.list(admin, { queue: 'due', after })
      numbers.push(...page.tickets.map(({ number }) => number))
      after = page.next
    } while (after !== undefined)
    expect(numbers).toEqual(expected)
    for (const number of numbers) await own.desk.close(admin, number, 'done')
    const closed: number[] = []
    do {
      const page = await own.desk.list(admin, { queue: 'closed', after })
      closed.push(...page.tickets.map(({ number }) => number))
      after = page.next
    } while (after !== undefined)
    expect([...closed].sort()).toEqual([...numbers].sort())
    expect((await own.desk.list(admin, { queue: 'due', after: 'x.y' })).tickets).toEqual([])
    await own.close()
  }, 60_000)

  it('tells queues, counts, excerpts and what is late', async () => {
    const own = await openTicketWorld()
    const { open } = await own.seat()
    const [question, deletion] = [
      await open('question', `awal NIK 5399015708800011 ${'kata '.repeat(60)}`),
      await open('deletion', 'hapus'),
    ]
    await own.answer(penjawab, deletion)
    own.wait(9 * hour)
    const due = await own.desk.list(penjawab, { queue: 'due' })
    expect(due.counts).toEqual({ due: 1, late: 1, mine: 1, waiting: 1 })
    expect(due.tickets).toMatchObject([{ number: question, isLate: true }])
    expect(due.tickets[0]?.excerpt).toMatch(/^awal NIK # kata/)
    expect([...(due.tickets[0]?.excerpt ?? '')].length).toBeLessThanOrEqual(120)
    for (const queue of ['mine', 'waiting'] as const) {
      expect((await own.desk.list(penjawab, { queue })).tickets).toMatchObject([
        { number: deletion, isLate: false },
      ])
    }
    expect((await own.desk.list(penjawab, { queue: 'due', kind: 'deletion' })).tickets).toEqual([])
    expect((await own.desk.list(penjawab, { queue: 'due', office: 'umum' })).tickets).toHaveLength(1)
    expect((await own.desk.list(bansos, { queue: 'due', office: 'nakertrans' })).tickets).toEqual([])
    await own.close()
  }, 60_000)

  it('finds a number in any queue and words in the queue, only of what the viewer may see', async () => {
    const own = await openTicketWorld()
    const { open } = await own.seat()
    const [question, fraud] = [
      await open('question', 'Beras belum sampai'),
      await open('fraud', 'beras diminta uang'),
    ]
    const search = async (who: typeof penjawab, words: string, queue: 'due' | 'closed' = 'due') =>
      (await own.desk.list(who, { queue, search: words })).tickets.map(({ number }) => number)
    expect(await search(penjawab, `#${question}`, 'closed')).toEqual([question])
    expect(await search(penjawab, `${fraud}`)).toEqual([])
    expect(await search(penjawab, 'BERAS')).toEqual([question])
    expect((await search(admin, 'beras')).sort()).toEqual([question, fraud].sort())
    expect(await search(admin, 'beras uang')).toEqual([fraud])
    expect(await search(admin, 'beras', 'closed')).toEqual([])
    const searches = await own.prisma.auditEntry.findMany({ where: { action: 'ticket.search' } })
    expect(searches).toHaveLength(4)
    expect(JSON.stringify(searches.map(({ details, subject }) => [details, subject]))).not.toContain('beras')
    await own.close()
  }, 60_000)
})

describe('list, in the trail', () => {
  const noted = async (own: typeof world) =>
    (
      await own.prisma.auditEntry.findMany({
        where: { action: { in: ['ticket.list', 'ticket.csv', 'ticket.search'] } },
        orderBy: { id: 'asc' },
      })
    ).map(({ action, actorId, subject, details }) => ({ action, actorId, subject, details }))

  it('has who was shown what residents wrote, once a minute for a queue, and who took a list away', async () => {
    const own = await openTicketWorld()
    const { open } = await own.seat()
    const number = await open('question', 'rahasia benar')
    for (let n = 0; n < 3; n += 1) await own.desk.list(penjawab, { queue: 'due' })
    await own.desk.list(colleague, { queue: 'due', office: 'umum', kind: 'question' })
    await own.desk.list(penjawab, { queue: 'closed' })
    own.wait(60_000)
    await own.desk.list(penjawab, { queue: 'due' })
    await own.desk.list(penjawab, { queue: 'due', search: `${number}` })
    await own.desk.list(penjawab, { queue: 'due', search: 'rahasia' }, 'csv')
    await own.desk.list(penjawab, { queue: 'due' }, 'csv')
    const one = (action: string, actorId: string, more = {}, subject: string | null = null) => ({
      ...{ action, actorId, subject },
      details: { queue: 'due', found: 1, ...more },
    })
    expect(await noted(own)).toEqual([
      one('ticket.list', penjawab.id),
      one('ticket.list', colleague.id, { office: 'umum', kind: 'question' }),
      one('ticket.list', penjawab.id),
      one('ticket.list', penjawab.id, {}, `${number}`),
      one('ticket.csv', penjawab.id),
      one('ticket.csv', penjawab.id),
    ])
    await own.close()
  }, 60_000)

  it('has nothing of who only asks what is new: they are shown nothing that was written', async () => {
    const own = await openTicketWorld()
    const { open } = await own.seat()
    const number = await open('question', 'rahasia benar')
    for (const filter of [{ queue: 'due' }, { queue: 'due', search: `${number}` }] as const)
      expect((await own.desk.list(penjawab, filter, 'counts')).tickets).toMatchObject([
        { number, excerpt: '' },
      ])
    expect(await noted(own)).toEqual([])
    expect((await own.desk.list(penjawab, { queue: 'due' }, 'csv')).tickets).toMatchObject([{ excerpt: '' }])
    await own.close()
  }, 60_000)

  it('makes one list of a file', async () => {
    const own = await openTicketWorld()
    for (let n = 0; n < 31; n += 1) await (await own.seat()).open()
    const list = await own.desk.list(penjawab, { queue: 'due' }, 'csv')
    expect([list.tickets.length, list.next]).toEqual([31, undefined])
    expect(await noted(own)).toMatchObject([{ action: 'ticket.csv', details: { found: 31 } }])
    await own.close()
  }, 60_000)
})

describe('media', () => {
  it('is given to who may see the ticket it hangs on, and noted', async () => {
    const number = await (await world.seat()).open('question', '', 'foto-1')
    expect(await world.desk.media(penjawab, number, 'foto-1')).toMatchObject({ name: 'foto-1' })
    expect(await world.desk.media(penjawab, number, 'foto-2')).toBeUndefined()
    expect(await world.desk.media(bansos, 999_999, 'foto-1')).toBeUndefined()
    expect(await world.desk.media(auditor, number, 'foto-1')).toBeUndefined()
    expect(await trail(number)).toEqual([`${penjawab.id} ticket.media`])
    const noted = await world.prisma.auditEntry.findMany({
      where: { action: 'ticket.media', subject: String(number) },
    })
    expect(noted).toMatchObject([{ details: { media: 'foto-1' } }])
  })
})

describe('a signal', () => {
  it('tells every process which ticket changed, once the change is there', async () => {
    const client = await world.database.pool.connect()
    const heard: string[] = []
    client.on('notification', ({ payload }) => heard.push(payload ?? ''))
    await client.query('LISTEN tickets')
    const number = await (await world.seat()).open()
    await world.desk.claim(penjawab, number)
    await world.desk.claim(colleague, number)
    await expect.poll(() => heard).toEqual([String(number), String(number)])
    client.release(true)
  })
})
