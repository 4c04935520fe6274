import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ticketStates } from '../../src/inquiry/ticket.ts'
import {
  admin,
  colleague,
  hour,
  monday,
  officer,
  openTicketWorld,
  penjawab,
  type TicketWorld,
} from './ticket-world.ts'

let world: TicketWorld
beforeAll(async () => {
  world = await openTicketWorld()
}, 60_000)
afterAll(() => world.close())

const people = [penjawab, colleague, officer('Budi', 'penjawab'), admin]
const anOfficer = fc.constantFrom(...people)
const deeds = fc.oneof(
  fc.record({ deed: fc.constantFrom('claim', 'release', 'handBack', 'askSolved', 'reopen'), who: anOfficer }),
  fc.record({ deed: fc.constant('close'), who: anOfficer }),
  fc.record({ deed: fc.constant('assign'), who: anOfficer, to: anOfficer }),
  fc.record({ deed: fc.constantFrom('answer', 'note'), who: anOfficer }),
  fc.record({ deed: fc.constantFrom('write', 'hear', 'leave', 'yes', 'no') }),
  fc.record({ deed: fc.constantFrom('tend', 'wait') }),
)
type AnyDeed = { deed: string; who?: typeof penjawab; to?: typeof penjawab }

/** A ticket, and everything that may be done with it; what was written is counted. */
async function play() {
  const person = await world.seat()
  const number = await person.open('deletion', 'pesan-0.')
  const written = ['pesan-0.']
  const answers: string[] = []
  let count = 0
  const { desk } = world
  async function once({ deed, who = penjawab, to = penjawab }: AnyDeed): Promise<void> {
    count += 1
    const mine = count
    const text = `pesan-${mine}.`
    switch (deed) {
      case 'write':
        await person.act('open_ticket', { kind: 'deletion', message: text, photo: '' })
        written.push(text)
        return
      case 'hear':
        if ((await person.act('hear_for_officer', { message: text, photo: '' })).outcome === 'heard')
          written.push(text)
        return
      case 'leave':
        await person.act('leave_officer')
        return
      case 'yes':
      case 'no':
        await person.act('confirm_ticket', { number, solved: deed === 'yes' })
        return
      case 'answer': {
        const seen = await world.lastSeen(number)
        const answer = { text: `jawab-${mine}.`, seen, key: `${number}-${mine}` }
        const twice = await Promise.all([desk.answer(who, number, answer), desk.answer(who, number, answer)])
        if (twice.some(({ type }) => type === 'done')) answers.push(answer.text)
        return
      }
      case 'note':
        await desk.note(who, number, text)
        return
      case 'assign':
        await desk.assign(who, number, to)
        return
      case 'close':
        await desk.close(who, number, 'done')
        return
      case 'tend':
        await world.tend(world.clock.now)
        return
      case 'wait':
        world.wait(26 * hour)
        return
      case 'claim':
      case 'release':
      case 'handBack':
      case 'askSolved':
      case 'reopen':
        await desk[deed](who, number)
        return
    }
  }
  return { number, chatId: person.chatId, written, answers, once }
}

/** What holds of a ticket, whatever was done with it. */
async function expectSound({ number, chatId, written, answers }: Awaited<ReturnType<typeof play>>) {
  const ticket = await world.ticket(number)
  expect(ticketStates).toContain(ticket.state)
  expect(ticket.closedAt !== undefined).toBe(ticket.state === 'closed')
  expect(ticket.closeReason !== undefined).toBe(ticket.state === 'closed')
  expect(ticket.closesAt !== undefined).toBe(ticket.state === 'confirming')
  if (ticket.state === 'closed') expect([ticket.holder, ticket.liveUntil]).toEqual([undefined, undefined])
  if (ticket.liveUntil !== undefined) expect(ticket.holder).toBeDefined()
  const stored = (await world.store.entries(world.prisma, number)).map(({ entry }) => entry)
  const said = stored.filter(({ type }) => type === 'resident').flatMap(({ text }) => text.split('\n'))
  // Several chats were in tickets of one kind once one was closed: what was written then is in the next ticket.
  const all = await world.prisma.ticket.findMany({ where: { chatId }, orderBy: { id: 'asc' } })
  for (const { id } of all.slice(1))
    said.push(...(await world.entries(Number(id))).map((line) => line.replace('resident: ', '')))
  expect(said.filter((text) => text.startsWith('pesan')).sort()).toEqual([...written].sort())
  const sent = await world.prisma.outboxMessage.findMany({ where: { chatId } })
  const answered = stored.filter(({ type }) => type === 'officer')
  expect(answered.map(({ text }) => text).sort()).toEqual([...answers].sort())
  expect(sent).toHaveLength(answers.length)
  expect(stored.map(({ id }) => id)).toEqual([...stored.map(({ id }) => id)].sort((a, b) => (a < b ? -1 : 1)))
  expect(all.every(({ state, promisedAt, openedAt }) => state !== 'open' || promisedAt > openedAt)).toBe(true)
}

describe('whatever is done with a ticket', () => {
  it('one after the other leaves it sound', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deeds, { minLength: 3, maxLength: 14 }), async (list) => {
        world.clock.now = monday
        const game = await play()
        for (const deed of list) {
          await game.once(deed)
          await expectSound(game)
        }
      }),
      { numRuns: 12 },
    )
  }, 120_000)

  it('at once leaves it sound, and nobody waits for ever', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deeds, { minLength: 6, maxLength: 14 }), async (list) => {
        world.clock.now = monday
        const game = await play()
        await Promise.all(list.filter(({ deed }) => deed !== 'wait').map((deed) => game.once(deed)))
        await expectSound(game)
      }),
      { numRuns: 12 },
    )
  }, 120_000)
})

const waitingSql = `SELECT count(DISTINCT l.pid)::int AS n FROM pg_locks l JOIN pg_stat_activity a USING (pid)
  WHERE a.datname = current_database() AND NOT l.granted`

describe('residents and officers at once', () => {
  it('lose nothing that comes from another chat while a ticket is merged', async () => {
    world.clock.now = monday
    const one = await world.seat('telegram')
    const two = await world.seat('whatsapp', one.contactId)
    const [into, from] = [await one.open('question'), await one.open('deletion')]
    const client = await world.database.pool.connect()
    // Both wait for the ticket, the merge first.
    await client.query('BEGIN')
    await client.query('SELECT 1 FROM ticket WHERE id = $1 FOR UPDATE', [from])
    const waiting = async (count: number) =>
      expect
        .poll(async () => (await world.database.pool.query(waitingSql)).rows[0].n, { timeout: 10_000 })
        .toBe(count)
    const merged = world.desk.merge(penjawab, from, into)
    await waiting(1).catch(() => undefined)
    const added = two.act('add_to_ticket', { number: from, message: 'jangan hilang', photo: '' })
    await waiting(2).finally(() => client.query('COMMIT'))
    client.release()
    expect(await merged).toEqual({ type: 'done' })
    expect(await added).toMatchObject({ outcome: 'added', values: { number: into } })
    expect((await world.entries(into)).at(-1)).toBe('resident: jangan hilang')
    expect((await world.ticket(from)).state).toBe('merged')
    expect(await world.entries(from)).toEqual(['event: merged'])
  })

  it('block each other nowhere: not on one chat, not across the chats of a person, not by a merge', async () => {
    world.clock.now = monday
    const one = await world.seat('telegram')
    const two = await world.seat('whatsapp', one.contactId)
    const numbers = [
      await one.open('question'),
      await two.open('question'),
      await one.open('deletion'),
      await two.open('deletion'),
    ]
    const work: Promise<unknown>[] = []
    for (let n = 0; n < 60; n += 1) {
      const number = numbers[n % 4]!
      const [person, other] = n % 2 === 0 ? [one, two] : [two, one]
      work.push(
        person.act('open_ticket', {
          kind: n % 3 === 0 ? 'question' : 'deletion',
          message: `m${n}`,
          photo: '',
        }),
        other.act('add_to_ticket', { number, message: `x${n}`, photo: '' }),
        other.act('confirm_ticket', { number, solved: n % 5 === 0 }),
        person.act('leave_officer'),
        world.answer(admin, number).catch(() => undefined),
        world.desk.release(admin, number),
        world.tend(world.clock.now),
      )
      if (n % 10 === 0) work.push(world.desk.merge(admin, number, numbers[(n + 1) % 4]!))
    }
    const failed = (await Promise.allSettled(work)).filter(({ status }) => status === 'rejected')
    expect(failed).toEqual([])
  }, 120_000)
})
