import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { purgeTickets } from '../../src/inquiry/store-purge.ts'
import { createTicketEntryResealer, createTicketResealer } from '../../src/inquiry/store-reseal.ts'
import { hour, monday, openTicketWorld, penjawab, type TicketWorld } from './ticket-world.ts'

let world: TicketWorld
beforeAll(async () => {
  world = await openTicketWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = monday
  world.said.length = 0
  for (const table of ['ticket', 'alarm']) await world.database.pool.query(`DELETE FROM ${table}`)
})

const tend = () => world.tend(world.clock.now)

describe('createTendTickets', () => {
  it('closes what nobody confirmed within three days, without a word, once', async () => {
    const { open } = await world.seat()
    const number = await open()
    await world.answer(penjawab, number)
    await world.desk.askSolved(penjawab, number)
    world.said.length = 0
    world.wait(72 * hour - 1)
    expect(await tend()).toBe(0)
    world.wait(1)
    const counts = await Promise.all([tend(), tend(), tend()])
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(await world.ticket(number)).toMatchObject({
      state: 'closed',
      closeReason: 'no_answer',
      holder: undefined,
    })
    expect((await world.entries(number)).filter((line) => line === 'event: expired')).toHaveLength(1)
    expect(world.said).toEqual([])
    expect(await tend()).toBe(0)
  })

  it('asks about an answer that was left standing for three days, once, and closes what nobody can be asked about', async () => {
    const { open } = await world.seat()
    const number = await open()
    await world.answer(penjawab, number)
    world.said.length = 0
    world.wait(72 * hour - 1)
    expect(await tend()).toBe(0)
    world.wait(1)
    const counts = await Promise.all([tend(), tend()])
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect((await world.ticket(number)).state).toBe('confirming')
    expect(world.said).toHaveLength(1)
    world.wait(72 * hour)
    await tend()
    expect(await world.ticket(number)).toMatchObject({ state: 'closed', closeReason: 'no_answer' })
  })

  it('asks a person about one answer after the other', async () => {
    const { open, act } = await world.seat()
    const [first, second] = [await open('question'), await open('deletion')]
    await world.answer(penjawab, first)
    world.wait(hour)
    await world.answer(penjawab, second)
    world.wait(80 * hour)
    world.said.length = 0
    expect(await tend()).toBe(1)
    expect(await tend()).toBe(0)
    await act('confirm_ticket', { number: first, solved: true })
    expect(await tend()).toBe(1)
    expect(world.said.flatMap(({ what, number }) => (what === 'askSolved' ? [number] : []))).toEqual([
      first,
      second,
    ])
  })

  it('asks about an answer whose officer let the ticket go', async () => {
    const { open } = await world.seat()
    const number = await open()
    await world.answer(penjawab, number)
    await world.desk.release(penjawab, number)
    world.said.length = 0
    world.wait(72 * hour)
    expect(await tend()).toBe(1)
    expect(world.said.map(({ what }) => what)).toContain('askSolved')
    expect((await world.ticket(number)).state).toBe('confirming')
  })

  it('leaves what the person answered in time', async () => {
    const { open, act } = await world.seat()
    const number = await open()
    await world.desk.askSolved(penjawab, number)
    world.wait(71 * hour)
    await act('confirm_ticket', { number, solved: false })
    world.wait(2 * hour)
    await tend()
    expect((await world.ticket(number)).state).toBe('open')
  })

  it('gives back what its holder did not touch for four working hours, and not over night', async () => {
    const { open } = await world.seat()
    const number = await open('deletion')
    world.clock.now = new Date('2026-01-05T15:00:00+08:00')
    await world.desk.claim(penjawab, number)
    world.clock.now = new Date('2026-01-06T10:00:00+08:00')
    expect(await tend()).toBe(0)
    await world.desk.note(penjawab, number, 'masih saya cek')
    world.clock.now = new Date('2026-01-06T13:59:00+08:00')
    expect(await tend()).toBe(0)
    world.clock.now = new Date('2026-01-06T14:00:00+08:00')
    expect(await tend()).toBe(1)
    expect((await world.ticket(number)).holder).toBeUndefined()
    expect((await world.entries(number)).at(-1)).toBe('event: released')
  })

  it('leaves what was answered to its holder, and gives them time when the person goes on', async () => {
    const { open } = await world.seat()
    const number = await open('deletion')
    await world.answer(penjawab, number)
    world.clock.now = new Date('2026-01-06T12:00:00+08:00')
    expect(await tend()).toBe(0)
    await open('deletion', 'dan ini?')
    expect(await tend()).toBe(0)
    expect((await world.ticket(number)).holder?.id).toBe(penjawab.id)
    world.wait(4 * hour)
    expect(await tend()).toBe(1)
    expect((await world.ticket(number)).holder).toBeUndefined()
  })

  it('raises one alarm for an office that broke promises, again only for another promise', async () => {
    const [one, other] = [await world.seat(), await world.seat()]
    await one.open()
    const number = await other.open()
    world.wait(8 * hour)
    const done = await Promise.all([tend(), tend()])
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(2)
    const alarms = () => world.prisma.alarm.findMany({ where: { kind: 'ticket_late' } })
    expect(await alarms()).toMatchObject([{ details: { office: 'umum' } }])
    await world.prisma.alarm.updateMany({ data: { settledAt: world.clock.now } })
    expect(await tend()).toBe(0)
    expect(await alarms()).toHaveLength(1)
    await world.answer(penjawab, number)
    await other.open()
    world.wait(48 * hour)
    expect(await tend()).toBeGreaterThan(0)
    expect(await alarms()).toHaveLength(2)
  })

  it('settles the alarm of an office once it owes nothing that is late, and raises it again', async () => {
    const [one, other] = [await world.seat(), await world.seat()]
    const [first, second] = [await one.open(), await other.open()]
    const fraud = await one.open('fraud', 'minta OTP')
    world.wait(9 * hour)
    await tend()
    const open = async () =>
      (await world.prisma.alarm.findMany({ where: { kind: 'ticket_late', settledAt: null } }))
        .map(({ details }) => details)
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    const late = (office: string, count: string) => ({ office, count })
    expect(await open()).toEqual([late('dinsos', '1'), late('umum', '2')])
    await world.answer(penjawab, first)
    await tend()
    expect(await open()).toHaveLength(2)
    await world.desk.close(penjawab, second, 'done')
    await tend()
    expect(await open()).toEqual([late('dinsos', '1')])
    expect(await world.ticket(fraud)).toMatchObject({ state: 'open' })
    await one.open()
    world.wait(48 * hour)
    await tend()
    expect(await open()).toHaveLength(2)
  })

  it('does after a week without it what was due, once', async () => {
    const { open } = await world.seat()
    const number = await open()
    await world.desk.claim(penjawab, number)
    world.wait(7 * 24 * hour)
    expect(await tend()).toBe(2)
    expect(await tend()).toBe(0)
    expect((await world.entries(number)).slice(1)).toEqual(['event: claimed', 'event: released'])
  })
})

describe('purgeTickets', () => {
  it('erases what was written a year after closing, and keeps the row', async () => {
    const { act, open } = await world.seat()
    const proposal = {
      for_whom: 'self',
      name: 'Ina',
      kelurahan: '53.71.02.1001',
      reason: 'x',
      callback: true,
    }
    const number = Number((await act('open_proposal', proposal)).values.number)
    const other = await open()
    await world.desk.transfer({ ...penjawab, roles: ['admin'] }, number, 'umum')
    await world.desk.close(penjawab, number, 'done')
    world.wait(365 * 24 * hour)
    expect(await purgeTickets(world.prisma, world.clock.now)).toBe(0)
    world.wait(1)
    expect(await purgeTickets(world.prisma, world.clock.now)).toBe(1)
    expect(await purgeTickets(world.prisma, world.clock.now)).toBe(0)
    expect(await world.entries(number)).toEqual([])
    expect(await world.store.details(world.prisma, number)).toEqual({})
    expect(await world.ticket(number)).toMatchObject({ state: 'closed', closeReason: 'done' })
    expect(await world.entries(other)).toHaveLength(1)
    expect(await world.desk.reopen(penjawab, number)).toEqual({ type: 'over' })
    expect((await act('find_ticket', { number })).outcome).toBe('unknown')
  })
})

describe('the resealers', () => {
  it('seal lines and details anew, and leave what another key did not seal', async () => {
    const { act } = await world.seat()
    const proposal = { for_whom: 'self', name: 'Ina', kelurahan: '', reason: 'rusak', callback: false }
    await act('open_proposal', proposal)
    const seen: number[] = []
    const reseal = (sealed: Uint8Array) => {
      seen.push(sealed.length)
      return world.keyring.seal(world.keyring.open(sealed).toUpperCase())
    }
    for (const resealer of [createTicketResealer(world.prisma), createTicketEntryResealer(world.prisma)]) {
      expect(await resealer.count()).toBe(1)
      const first = await resealer.next(0n, reseal)
      expect(first?.rows).toBe(1)
      expect(await resealer.next(first!.last, reseal)).toBeUndefined()
    }
    expect(seen).toHaveLength(2)
    const { rows } = await world.database.pool.query('SELECT details FROM ticket')
    expect(world.keyring.open(rows[0].details)).toContain('INA')
  })
})
