import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { admin, bansos, hour, monday, openTicketWorld, penjawab, type TicketWorld } from './ticket-world.ts'

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
const minute = 60_000
const told = () => world.said.flatMap(({ what }) => (what === 'hold' || what === 'answer' ? [] : [what]))

/** A chat in which two officers answer, the second ten minutes after the first. */
async function seatTwo() {
  const person = await world.seat()
  const [question, fraud] = [await person.open('question'), await person.open('fraud', 'minta OTP')]
  await world.answer(penjawab, question)
  world.wait(10 * minute)
  await world.answer(bansos, fraud)
  world.said.length = 0
  const heldUntil = async () =>
    (await world.prisma.chat.findUniqueOrThrow({ where: { id: person.chatId } })).heldUntil
  const hear = (message: string) => person.act('hear_for_officer', { message, photo: '' })
  return { ...person, question, fraud, heldUntil, hear, until: (await world.ticket(fraud)).liveUntil }
}

describe('leaveChat', () => {
  const deeds: Record<string, (number: number) => Promise<unknown>> = {
    release: (number) => world.desk.release(penjawab, number),
    transfer: (number) => world.desk.transfer(admin, number, 'nakertrans'),
    close: (number) => world.desk.close(penjawab, number, 'done'),
    handBack: (number) => world.desk.handBack(penjawab, number),
    askSolved: (number) => world.desk.askSolved(penjawab, number),
  }

  it.each(Object.keys(deeds))(
    'leaves the bot silent, without a word, on %s while another officer answers in the chat',
    async (name) => {
      const { question, fraud, heldUntil, hear, until } = await seatTwo()
      expect(await deeds[name]!(question)).toEqual(done)
      expect(await heldUntil()).toEqual(until)
      expect(told()).toEqual([])
      expect((await hear('ya pak')).outcome).toBe('heard')
      expect((await world.entries(fraud)).at(-1)).toBe('resident: ya pak')
      expect(await world.desk.handBack(bansos, fraud)).toEqual(done)
      expect(await heldUntil()).toBeNull()
      expect(told()).toEqual(['handBack'])
    },
  )

  it('leaves it silent as long as the earlier of two holds when the later ends', async () => {
    const { question, fraud, heldUntil } = await seatTwo()
    await world.desk.release(bansos, fraud)
    expect(await heldUntil()).toEqual((await world.ticket(question)).liveUntil)
    expect(told()).toEqual([])
  })

  it('leaves it silent when the person says from the chat that one is solved', async () => {
    const { question, act, heldUntil, until } = await seatTwo()
    await act('confirm_ticket', { number: question, solved: true })
    expect(await heldUntil()).toEqual(until)
  })

  it('leaves it silent when one of two is merged into a ticket of another chat', async () => {
    const { question, contactId, heldUntil } = await seatTwo()
    const other = await world.seat('whatsapp', contactId)
    const into = await other.open('deletion')
    const until = await heldUntil()
    expect(await world.desk.merge(penjawab, question, into)).toEqual(done)
    expect(await heldUntil()).toEqual(until)
    expect(told()).toEqual([])
  })

  it('leaves it silent when time takes a ticket from its holder', async () => {
    const { question, fraud, heldUntil, hear } = await seatTwo()
    // Both offices and the person write to the end of the day; the first officer does nothing.
    await world.desk.reopen(penjawab, question)
    for (let n = 0; n < 13; n += 1) {
      world.wait(20 * minute)
      await world.prisma.ticket.update({
        where: { id: question },
        data: { liveUntil: new Date(world.clock.now.getTime() + 5 * minute) },
      })
      await world.answer(bansos, fraud)
      await hear('dan lagi')
    }
    const until = await heldUntil()
    await world.tend(world.clock.now)
    expect((await world.ticket(question)).holder).toBeUndefined()
    expect(await heldUntil()).toEqual(until)
  })
})

describe('hear_for_officer, with two officers', () => {
  it('gives the message to the anonymous matter, unless the person names the other', async () => {
    const { question, fraud, hear } = await seatTwo()
    await hear('satu')
    await world.answer(penjawab, question)
    await hear('dua')
    await world.answer(bansos, fraud)
    await hear(`nomor ${question}: tiga`)
    const heard = async (number: number) =>
      (await world.entries(number)).filter((line) => /satu|dua|tiga/.test(line))
    expect(await heard(question)).toEqual([`resident: nomor ${question}: tiga`])
    expect(await heard(fraud)).toEqual(['resident: satu', 'resident: dua'])
  })
})

describe('leaveOfficer, with two officers', () => {
  it('ends both, and lets no moment be read in both', async () => {
    const { question, fraud, act } = await seatTwo()
    await world.answer(penjawab, question)
    expect((await act('leave_officer', {})).outcome).toBe('left')
    expect((await world.ticket(question)).liveUntil).toBeUndefined()
    expect((await world.ticket(fraud)).liveUntil).toBeUndefined()
    expect((await world.entries(fraud)).at(-1)).toBe('event: left')
    expect(await world.entries(question)).not.toContain('event: left')
  })
})

describe('askSolved, while another officer answers', () => {
  it('has the bot ask once nobody answers any more, and gives the person three days from then', async () => {
    const { question, fraud, chatId } = await seatTwo()
    await world.desk.askSolved(penjawab, question)
    const asked = await world.ticket(question)
    expect(asked).toMatchObject({ state: 'confirming', liveUntil: undefined })
    expect((await world.entries(question)).at(-1)).toBe('event: asked_solved')
    await world.tend(world.clock.now)
    expect(told()).toEqual([])
    await world.desk.handBack(bansos, fraud)
    world.wait(5 * minute)
    const counts = await Promise.all([world.tend(world.clock.now), world.tend(world.clock.now)])
    expect(counts[0] + counts[1]).toBe(1)
    const closesAt = new Date(world.clock.now.getTime() + 72 * hour)
    expect(world.said.at(-1)).toEqual({ chatId, what: 'askSolved', number: question, at: closesAt })
    expect(told()).toEqual(['handBack', 'askSolved'])
    expect((await world.ticket(question)).closesAt).toEqual(closesAt)
    // Nothing tells the officer of the question that the person had another matter.
    expect((await world.entries(question)).at(-1)).toBe('event: asked_solved')
    world.wait(72 * hour)
    await world.tend(world.clock.now)
    expect(await world.ticket(question)).toMatchObject({ state: 'closed', closeReason: 'no_answer' })
  })

  it('closes nothing that nobody was asked about', async () => {
    const { question, fraud } = await seatTwo()
    await world.desk.askSolved(penjawab, question)
    const liveUntil = new Date(world.clock.now.getTime() + 100 * hour)
    await world.prisma.ticket.update({ where: { id: fraud }, data: { liveUntil } })
    world.wait(73 * hour)
    await world.tend(world.clock.now)
    expect((await world.ticket(question)).state).toBe('confirming')
  })

  it('asks nothing by time, and asks later', async () => {
    const { question, fraud, act } = await seatTwo()
    world.wait(72 * hour)
    await act('open_ticket', { kind: 'fraud', message: 'lagi', photo: '' })
    await world.answer(bansos, fraud)
    world.said.length = 0
    await world.tend(world.clock.now)
    expect(told()).toEqual([])
    expect((await world.ticket(question)).state).toBe('answered')
    world.wait(31 * minute)
    await world.tend(world.clock.now)
    expect(told()).toEqual(['askSolved'])
    expect((await world.ticket(question)).state).toBe('confirming')
  })
})
