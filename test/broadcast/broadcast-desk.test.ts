import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBroadcastActions } from '../../src/broadcast/broadcast-actions.ts'
import type { RecipientLine } from '../../src/broadcast/broadcast-desk.ts'
import type { Officer } from '../../src/staff/officer.ts'
import {
  ama,
  audienceOf,
  type BroadcastWorld,
  day,
  guest,
  hour,
  ina,
  minute,
  monday,
  oma,
  openBroadcastWorld,
  planOf,
} from './broadcast-world.ts'

let world: BroadcastWorld
beforeAll(async () => {
  world = await openBroadcastWorld()
  await world.people(4)
  await world.person({ topics: ['umkm'] })
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = monday
})

const aCourse = {
  ...{
    title: 'Las dasar',
    subject: 'las',
    office: 'nakertrans',
    place: 'Balai',
    contact: 'Kantor',
    seats: 16,
  },
  ...{
    selection: 'arrival',
    opensAt: monday,
    closesAt: monday,
    startsAt: monday,
    endsAt: monday,
    createdBy: 'x',
  },
}
const few = { audience: audienceOf({ topics: ['umkm'] }) }
const later = (ms: number) => new Date(monday.getTime() + ms)

describe('createBroadcastDesk, of plans', () => {
  it('tells everything that is wrong with a plan', async () => {
    const problems = await world.desk.check(
      planOf({
        text: 'Hai {{nama}}, NIK 5371010101900001',
        buttons: [{ label: 'Lihat', words: 'entah apa' }],
        scheduledAt: later(-hour),
        expiresAt: later(hour / 2),
        posts: ['whatsapp'],
        audience: audienceOf({
          ...{ topics: ['sulap'], places: ['53.71.09'], course: { number: 99, states: ['reserve'] } },
          without: { broadcasts: [98], course: 97 },
        }),
      }),
    )
    expect(problems.map(({ at, what }) => `${at} ${what}`).sort()).toEqual(
      [
        ...['text unknown_variable', 'text private_number', 'buttons.0.words opens_nothing', 'posts.0 wrong'],
        ...['scheduledAt in_the_past', 'expiresAt ends_before', 'audience.topics unknown_topic'],
        ...['audience.places unknown_place', 'audience.course unknown_course'],
        ...['audience.without.broadcasts unknown_broadcast', 'audience.without.course unknown_course'],
      ].sort(),
    )
    const whats = async (change: object) =>
      (await world.desk.check(planOf(change))).map(({ at, what }) => `${at} ${what}`)
    expect(await whats({ title: ' ', text: 'x'.repeat(1_501) })).toEqual(['title missing', 'text too_long'])
    expect(await whats({ text: '{{kelurahan}}'.repeat(100) })).toEqual(['text too_long'])
    expect(await whats({ scheduledAt: new Date('2026-12-07T22:00+08:00') })).toEqual([
      'scheduledAt quiet_hours',
    ])
    expect(await whats({ expiresAt: later(-1) })).toEqual(['expiresAt in_the_past'])
    expect(await whats({ text: 'Telepon kantor: 0380 833100' })).toEqual([])
  })

  it('refuses to keep a plan with problems, and whoever may not write', async () => {
    expect(await world.desk.create(ina, planOf({ text: '' }))).toMatchObject({ type: 'problems' })
    expect(await world.desk.create(guest, planOf())).toEqual({ type: 'not_allowed' })
    expect(await world.desk.list(guest)).toEqual([])
  })

  it('lets one of two officers change it who read the same', async () => {
    const number = await world.draft()
    const edits = await Promise.all(
      [ina, oma].map((officer) => world.desk.edit(officer, number, planOf({ title: officer.name }), 0)),
    )
    expect(edits.map(({ type }) => type).sort()).toEqual(['done', 'moved'])
    const view = await world.desk.read(ina, number)
    expect(view?.broadcast).toMatchObject({ version: 1, createdBy: ina.name })
    expect(view?.changes.map(({ what }) => what)).toEqual(['create', 'edit'])
  })

  it('has the file kept that it is saved with, and not that of a form that is refused', async () => {
    const media = (id: string) => ({ id, type: 'photo', mime: 'image/png' }) as const
    const number = await world.draft({ media: media('one') })
    await world.desk.create(ina, planOf({ text: '', media: media('none') }))
    await world.desk.edit(ina, number, planOf({ media: media('two') }), 0)
    await world.desk.edit(ina, number, planOf({ media: media('late') }), 0)
    expect(world.kept).toEqual(['one', 'two'])
    expect(await Promise.all(['one', 'two', 'none'].map((id) => world.desk.usesFile(id)))).toEqual([
      ...[false, true, false],
    ])
  })

  it('copies without its times, and removes what was not approved', async () => {
    const number = await world.draft({ scheduledAt: later(2 * hour) })
    const copy = await world.desk.copy(oma, number)
    if (copy.type !== 'done') throw new Error(copy.type)
    expect(await world.read(copy.number)).toMatchObject({ scheduledAt: undefined, createdBy: oma.name })
    expect(await world.desk.remove(ina, copy.number)).toEqual({ type: 'done' })
    expect(await world.desk.read(ina, copy.number)).toBeUndefined()
    expect(await world.desk.remove(ina, copy.number)).toEqual({ type: 'unknown' })
  })

  it('shows how the message looks: text, what to write, how to stop', () => {
    const { parts, buttons } = world.desk.preview(planOf())[0]!
    expect(buttons).toEqual(['Daftar'])
    expect(parts[0]?.text.split('\n\n')).toEqual([
      'Kelas menjahit dibuka di Kota Kupang.',
      'Daftar: ketik "daftar 12"',
      world.words.stop_line,
    ])
  })

  it('keeps audiences by name', async () => {
    expect(await world.desk.saveAudience(ina, ' Penjahit ', audienceOf())).toEqual({ type: 'done' })
    expect(await world.desk.saveAudience(oma, 'Penjahit', audienceOf())).toEqual({ type: 'name' })
    const [saved] = await world.desk.audiences()
    expect(saved).toMatchObject({ name: 'Penjahit', audience: audienceOf() })
    await world.desk.removeAudience(ina, saved!.id)
    expect(await world.desk.audiences()).toEqual([])
  })
})

describe('createBroadcastDesk, of approval', () => {
  it('lets whoever wrote it send what reaches few', async () => {
    const number = await world.draft(few)
    expect(await world.desk.read(ina, number)).toMatchObject({
      ...{ needsApproval: false, moves: ['edit', 'send', 'remove'] },
    })
    expect(await world.desk.propose(ina, number, 0)).toEqual({ type: 'state', state: 'draft' })
    expect(await world.desk.approve(ina, number, 0)).toEqual({ type: 'done' })
    expect(await world.read(number)).toMatchObject({ state: 'approved', audienceSize: 1 })
    expect((await world.trail('broadcast.send')).at(-1)).toMatchObject({ actorId: ina.id })
  })

  it('wants a second person for what reaches many', async () => {
    const number = await world.draft()
    expect(await world.desk.approve(ina, number, 0)).toEqual({ type: 'state', state: 'draft' })
    expect(await world.recipients(number)).toEqual([])
    expect(await world.desk.edit(ama, number, planOf({ title: 'Lain' }), 0)).toEqual({ type: 'done' })
    expect(await world.desk.propose(oma, number, 1)).toEqual({ type: 'done' })
    expect((await world.desk.read(ina, number))?.moves).toEqual(['edit', 'remove'])
    expect(await world.desk.approve(ina, number, 1)).toEqual({ type: 'not_allowed' })
    expect(await world.desk.approve(ama, number, 1)).toEqual({ type: 'same_person' })
    expect(await world.desk.approve(oma, number, 1)).toEqual({ type: 'same_person' })
    const other = { ...ama, id: 'id-lain' }
    expect((await world.desk.read(other, number))?.moves).toEqual(['approve', 'send_back', 'edit', 'remove'])
    expect(await world.desk.approve(other, number, 0)).toEqual({ type: 'moved' })
    expect(await world.desk.approve(other, number, 1)).toEqual({ type: 'done' })
    expect(await world.recipients(number)).toHaveLength(4)
  })

  it('wants a second person for what anybody can read', async () => {
    const number = await world.draft({ ...few, posts: ['telegram'] })
    expect((await world.desk.read(ina, number))?.needsApproval).toBe(true)
    expect(await world.desk.approve(ina, number, 0)).toEqual({ type: 'state', state: 'draft' })
    expect(await world.desk.propose(ina, number, 0)).toEqual({ type: 'done' })
    expect(await world.desk.approve(oma, number, 0)).toEqual({ type: 'done' })
  })

  it('freezes the audience once, however many approve at once', async () => {
    const number = await world.draft()
    await world.desk.propose(ina, number, 0)
    const done = await Promise.all([oma, ama].map((officer) => world.desk.approve(officer, number, 0)))
    expect(done.map(({ type }) => type).sort()).toEqual(['done', 'state'])
    await world.person({ topics: ['training'] })
    expect(await world.recipients(number)).toHaveLength(4)
  })

  it('sends a proposal back with a reason, and an edit takes it back', async () => {
    const number = await world.draft()
    await world.desk.propose(ina, number, 0)
    expect(await world.desk.sendBack(oma, number, 'x')).toEqual({ type: 'reason' })
    expect(await world.desk.sendBack(ina, number, 'Terlalu panjang')).toEqual({ type: 'not_allowed' })
    expect(await world.desk.sendBack(oma, number, 'Terlalu panjang')).toEqual({ type: 'done' })
    const changes = (await world.desk.read(ina, number))?.changes
    expect(changes?.at(-1)).toMatchObject({ what: 'send_back', reason: 'Terlalu panjang' })
    await world.desk.propose(ina, number, 0)
    await world.desk.edit(ina, number, planOf({ title: 'Baru' }), 0)
    expect(await world.read(number)).toMatchObject({ state: 'draft', proposedBy: undefined })
  })

  it('does not send to nobody, nor what is over by now', async () => {
    const number = await world.draft({
      audience: audienceOf({ topics: ['training/menjahit'], language: 'kupang' }),
    })
    expect(await world.desk.approve(ina, number, 0)).toEqual({ type: 'nobody' })
    const old = await world.draft({ ...few, expiresAt: later(2 * hour) })
    world.clock.now = later(2 * hour)
    expect(await world.desk.approve(ina, old, 0)).toMatchObject({ type: 'problems' })
  })

  it('begins at once what was to begin while it waited for approval', async () => {
    const number = await world.draft({ scheduledAt: later(hour) })
    await world.desk.propose(ina, number, 0)
    world.clock.now = later(2 * hour)
    expect(await world.desk.approve(oma, number, 0)).toEqual({ type: 'done' })
  })
})

describe('createBroadcastDesk, of people', () => {
  it('tells nothing of courses to whoever does not look after them', async () => {
    const fair: Officer = { id: 'id-umkm', name: 'Umi Pasar', roles: ['umkm'] }
    const { id } = await world.prisma.course.create({ data: { ...aCourse } })
    const audience = audienceOf({ without: { broadcasts: [], course: Number(id) } })
    expect((await world.desk.count(ina, audience)).reachable).toBeGreaterThan(0)
    expect(await world.desk.count(fair, audience)).toMatchObject({ reachable: 0, channels: [], samples: [] })
    const own = { ...audience, topics: ['umkm'] }
    expect(await world.desk.create(fair, planOf({ audience: own }))).toEqual({
      type: 'problems',
      problems: [{ at: 'audience.without.course', what: 'unknown_course' }],
    })
    expect((await world.desk.count(guest, audienceOf())).reachable).toBe(0)
  })

  it('lists all recipients and what one person was sent, and notes who looked', async () => {
    const number = await world.sending()
    await world.settle(number, 'sent', 1)
    const lines: RecipientLine[] = []
    for await (const page of world.desk.recipients(oma, number)) lines.push(...page)
    expect(lines.map(({ state }) => state).sort()).toEqual(['queued', 'queued', 'queued', 'sent'])
    expect(await world.trail('broadcast.export')).toEqual([
      { actorType: 'staff', actorId: oma.id, subject: String(number), details: { audience: 4 } },
    ])
    const history = await world.desk.history(oma, lines[0]!.id)
    expect(history?.[0]).toMatchObject({
      broadcast: number,
      title: 'Kelas menjahit',
      masked: expect.any(String),
    })
    expect(await world.trail('broadcast.history')).toHaveLength(1)
    expect(await world.desk.history(oma, 999_999n)).toBeUndefined()
  })
})

describe('show_broadcast_test', () => {
  const write = async (code: string, who: { contactId: string; chatId: bigint }) => {
    const { show_broadcast_test: action } = createBroadcastActions(world.room)
    return world.room.store.transact((transaction) =>
      action.run(
        { code },
        {
          ...{ transaction, contactId: who.contactId, chatId: String(who.chatId), channel: 'telegram' },
          now: world.clock.now,
        },
      ),
    )
  }

  it('shows the broadcast of a code for a quarter of an hour, and there again without a code', async () => {
    const number = await world.draft()
    const who = await world.person({ topics: [] })
    const { code } = (await world.desk.testCode(ina, number))!
    expect(code).toMatch(/^\d{6}$/)
    expect(await write(code, who)).toEqual({ outcome: 'shown', values: { title: 'Kelas menjahit' } })
    expect(world.shown.at(-1)).toMatchObject({ chatId: who.chatId })
    // Once only, by whoever was first.
    const other = await world.person({ topics: [] })
    expect((await write(code, other)).outcome).toBe('wrong')
    expect(await world.desk.test(ina, number)).toBe(1)
    expect(await world.desk.test(oma, number)).toBe(0)
    const late = (await world.desk.testCode(ina, number))!
    world.clock.now = later(15 * minute)
    expect((await write(late.code, who)).outcome).toBe('wrong')
    world.clock.now = later(31 * 24 * 60 * minute)
    expect(await world.desk.test(ina, number)).toBe(0)
    world.clock.now = monday
    expect(await world.desk.testCode(guest, number)).toBeUndefined()
  })

  it('takes five wrong codes a day, and then not even the right one', async () => {
    const number = await world.draft()
    const who = await world.person({ topics: [] })
    const { code } = (await world.desk.testCode(ina, number))!
    for (let tries = 0; tries < 5; tries += 1) expect((await write('x', who)).outcome).toBe('wrong')
    expect((await write(code, who)).outcome).toBe('too_many')
    world.clock.now = later(day + minute)
    expect((await write('1', who)).outcome).toBe('wrong')
  })
})
