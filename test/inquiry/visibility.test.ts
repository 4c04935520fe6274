import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TicketKind, ticketKinds } from '../../src/inquiry/ticket.ts'
import { isVisible, sightOf } from '../../src/inquiry/visible.ts'
import type { Officer, StaffRole } from '../../src/staff/officer.ts'
import { staffRoles } from '../../src/staff/officer.ts'
import {
  admin,
  bansos,
  hour,
  lurah,
  officer,
  openTicketWorld,
  penjawab,
  type TicketWorld,
} from './ticket-world.ts'

const offices = ['umum', 'dinsos', 'nakertrans', 'umkm']
const [own, elsewhere] = ['53.71.02.1001', '53.71.02.1002']
const officers: readonly Officer[] = [
  ...staffRoles.map((role) => (role === 'lurah' ? lurah : officer(role, role))),
  officer('lurah tanpa kelurahan', 'lurah'),
  { ...officer('dua', 'umkm', 'lurah'), kelurahan: own },
  officer('tanpa peran'),
]
const mayOf: Readonly<Record<StaffRole, readonly string[]>> = {
  admin: offices,
  bansos: ['dinsos', 'umum'],
  pelatihan: ['nakertrans'],
  umkm: ['umkm'],
  penjawab: ['umum'],
  penyetuju: [],
  lurah: [],
  auditor: [],
}
const lurahMay = (who: Officer, kind: TicketKind, kelurahan: string | undefined) =>
  who.roles.includes('lurah') &&
  who.kelurahan !== undefined &&
  who.kelurahan === kelurahan &&
  ['proposal', 'objection'].includes(kind)
const expected = (who: Officer, office: string, kind: TicketKind, kelurahan: string | undefined) =>
  who.roles.some((role) => mayOf[role].includes(office)) || lurahMay(who, kind, kelurahan)

let world: TicketWorld
const made: { number: number; office: string; kind: TicketKind; kelurahan: string | undefined }[] = []
beforeAll(async () => {
  world = await openTicketWorld()
  const { chatId, contactId } = await world.seat()
  for (const office of offices) {
    for (const kind of ticketKinds) {
      for (const kelurahan of [own, elsewhere, undefined]) {
        const { number } = await world.prisma
          .$transaction((transaction) =>
            world.store.create(transaction, {
              ...{
                office,
                kind,
                kelurahan,
                chatId,
                contactId,
                urgent: false,
                anonymous: false,
                matter: undefined,
              },
              ...{ details: {}, openedAt: world.clock.now, promisedAt: world.clock.now },
            }),
          )
          .then((number) => ({ number }))
        made.push({ number, office, kind, kelurahan })
      }
    }
  }
}, 60_000)
afterAll(() => world.close())

describe.each(officers.map((who) => [who.name, who] as const))('what %s may see', (_, who) => {
  const mine = () => made.filter(({ office, kind, kelurahan }) => expected(who, office, kind, kelurahan))

  it('is told alike by the rule, the list, the number and the counts', async () => {
    for (const each of made) {
      expect(isVisible(sightOf(who), each), JSON.stringify(each)).toBe(mine().includes(each))
    }
    const listed: number[] = []
    let after: string | undefined
    do {
      const page = await world.desk.list(who, { queue: 'due', after })
      expect(page.counts.due).toBe(mine().length)
      listed.push(...page.tickets.map(({ number }) => number))
      after = page.next
    } while (after !== undefined)
    expect([...listed].sort()).toEqual(
      mine()
        .map(({ number }) => number)
        .sort(),
    )
  })

  it('is all that can be read, searched, claimed or written to', async () => {
    for (const each of made.filter((_, n) => n % 7 === 0)) {
      const { number } = each
      const isMine = mine().includes(each)
      expect((await world.desk.read(who, number)) !== undefined).toBe(isMine)
      expect((await world.desk.list(who, { queue: 'due', search: String(number) })).tickets).toHaveLength(
        isMine ? 1 : 0,
      )
      if (isMine) continue
      const before = JSON.stringify(await world.ticket(number))
      const none = await deeds(who, 999_999)
      expect(JSON.stringify(await deeds(who, number))).toBe(JSON.stringify(none))
      expect(JSON.stringify(await world.ticket(number))).toBe(before)
    }
  })
})

/** What comes of everything that can be done with a number. */
async function deeds(who: Officer, number: number) {
  const { desk } = world
  return [
    await desk.claim(who, number),
    await desk.release(who, number),
    await desk.assign(who, number, who),
    await desk.transfer(who, number, 'dinsos'),
    await desk.answer(who, number, { text: 'x', seen: 0n, key: 'k' }),
    await desk.note(who, number, 'x'),
    await desk.handBack(who, number),
    await desk.askSolved(who, number),
    await desk.close(who, number, 'done'),
    await desk.reopen(who, number),
    await desk.merge(who, number, 1),
    await desk.transcript(who, number),
    (await desk.media(who, number, 'm')) ?? null,
    (await desk.read(who, number)) ?? null,
  ]
}

describe('an anonymous ticket', () => {
  it('reveals neither channel nor history nor talk with the bot, to any role', async () => {
    const { open, act, chatId, contactId } = await world.seat('whatsapp')
    const question = await open('question', 'kapan cair?')
    const complaint = await open('complaint', 'lurah minta uang')
    world.lines.set(chatId, [{ from: 'person', text: 'saya Ina', at: world.clock.now }])
    for (const who of officers) {
      const view = await world.desk.read(who, complaint)
      expect(await world.desk.transcript(who, complaint)).toEqual([])
      if (view === undefined) continue
      expect(view).toMatchObject({ channel: undefined, history: [], ticket: { anonymous: true } })
      const shown = JSON.stringify(view, (_, value) => (typeof value === 'bigint' ? String(value) : value))
      for (const secret of [contactId, 'whatsapp', 'Ina']) expect(shown).not.toContain(secret)
    }
    expect((await world.desk.read(penjawab, question))?.history).toEqual([])
    expect((await world.desk.read(penjawab, question))?.channel).toBe('whatsapp')
    await act('hide_identity', { number: complaint, hide: false })
    expect((await world.desk.read(penjawab, complaint))?.history).toMatchObject([{ number: question }])
    expect(await world.desk.transcript(penjawab, complaint)).toHaveLength(1)
  })

  it('is not told of by what is known of the same person: their other tickets, or their talk with the bot', async () => {
    const { open, act, chatId } = await world.seat()
    const { clock, lines } = world
    const minutes = (n: number) => world.wait(n * 60_000)
    const talk: { from: 'bot' | 'person'; text: string; at: Date }[] = []
    const say = (from: 'bot' | 'person', text: string) => talk.push({ from, text, at: clock.now })
    say('person', 'apa itu DTSEN?')
    minutes(25 * 60)
    say('person', 'mau mengadu')
    say('bot', 'Silakan tulis apa yang terjadi.')
    minutes(180)
    say('person', 'apa itu DTSEN?')
    minutes(2)
    say('person', 'lurah minta uang')
    const complaint = await open('complaint', 'lurah minta uang')
    say('bot', `Pengaduan dicatat dengan nomor ${complaint}.`)
    minutes(20)
    say('bot', 'Nama dirahasiakan?')
    minutes(7)
    say('person', 'Ya, rahasiakan')
    await act('hide_identity', { number: complaint, hide: true })
    minutes(25 * 60)
    const question = await open('question', 'kapan cair?')
    say('person', 'kapan cair?')
    say('bot', `Dinas, nomor ${complaint}: kami periksa`)
    say('person', 'NIK 5399015708800011')
    lines.set(chatId, talk)
    const texts = async (who: Officer) => (await world.desk.transcript(who, question)).map(({ text }) => text)
    for (const who of [penjawab, admin, bansos]) {
      expect(await texts(who)).toEqual(['apa itu DTSEN?', 'kapan cair?', 'NIK #'])
    }
    expect((await world.desk.transcript(penjawab, question)).map(({ type, by }) => [type, by])[0]).toEqual([
      'resident',
      undefined,
    ])
  })

  it('takes its day out of the talk, and another office’s matter only what goes with it', async () => {
    const { open, act, chatId } = await world.seat()
    const { clock, lines } = world
    const talk: { from: 'bot' | 'person'; text: string; at: Date }[] = []
    const say = (text: string) => talk.push({ from: 'person', text, at: clock.now })
    const question = await open('question', 'kapan cair?')
    say('satu')
    world.wait(hour)
    await act('open_objection', { about: 'self', kelurahan: '', message: 'salah', photo: '' })
    say('dua')
    world.wait(hour)
    say('tiga')
    lines.set(chatId, talk)
    const texts = async () => (await world.desk.transcript(penjawab, question)).map(({ text }) => text)
    expect(await texts()).toEqual(['satu', 'tiga'])
    world.wait(20 * hour)
    await open('fraud', 'minta uang')
    expect(await texts()).toEqual([])
  })
})
