import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { at, type BrowseWorld, openBrowseWorld, words } from './browse-world.ts'

let world: BrowseWorld
beforeAll(async () => {
  world = await openBrowseWorld()
})
beforeEach(() => world.clear())
afterAll(() => world.close())

const begin = (course_id: number, contactId?: string) =>
  world.act('begin_registration', { course_id }, contactId)
const trail = () => world.prisma.auditEntry.findMany({ where: { action: 'training.recall' } })
const told = (name: string, birth = '1998-08-17') => ({
  name,
  birth,
  reason: '',
  phone: undefined,
  answers: [],
})

describe('begin_registration', () => {
  it('lets somebody new begin with no answers, and reads the consent', async () => {
    const number = await world.course()
    expect(await begin(number)).toEqual({
      outcome: 'ready',
      values: { title: 'Menjahit dasar', answers: [], consent: words.consent.text.trim() },
    })
    expect(await trail()).toEqual([])
  })

  it('recalls what the contact last told of themselves, and notes that it did', async () => {
    const number = await world.course()
    await world.register(number, { forWhom: 'self', details: told('Uji Lama') })
    const last = await world.register(number, {
      forWhom: 'self',
      state: 'cancelled',
      details: told('Uji Baru', '1998'),
      kelurahan: '53.71.03.1011',
    })
    await world.register(number, { forWhom: 'other', details: told('Uji Anak') })
    expect((await begin(number)).values).toMatchObject({
      name: 'Uji Baru',
      birth: '1998',
      birth_label: '1998',
      kelurahan: '53.71.03.1011',
      kelurahan_label: 'Lasiana',
      education: 'sma',
      education_label: 'SMA/SMK atau sederajat',
    })
    const [noted] = await trail()
    expect(noted).toMatchObject({ actorType: 'resident', actorId: world.person.id, subject: String(last) })
    expect(JSON.stringify(noted?.details)).toBe('{}')
  })

  it('recalls nothing of others, and nothing that was erased', async () => {
    const number = await world.course()
    const registration = await world.register(number, { forWhom: 'self', details: told('Uji Satu') })
    const stranger = await world.prisma.contact.create({ data: {} })
    expect((await begin(number, stranger.id)).outcome).toBe('ready')
    await world.prisma.registration.update({ where: { id: BigInt(registration) }, data: { details: null } })
    expect((await begin(number)).outcome).toBe('ready')
  })

  it('says when a course opens, that it is closed, or gone', async () => {
    const soon = await world.course({ opensAt: at('2026-01-05 08:00') }, 'announced')
    const contact = '0812 3456 7890 (Ibu Ina)'
    expect(await begin(soon)).toEqual({
      outcome: 'soon',
      values: { title: 'Menjahit dasar', contact, opens: 'Senin, 5 Januari 2026 pukul 08.00 WITA' },
    })
    for (const state of ['selection', 'running'] as const) {
      const closed = { outcome: 'closed', values: { title: 'Menjahit dasar', contact } }
      expect(await begin(await world.course({}, state))).toEqual(closed)
    }
    for (const state of ['draft', 'finished', 'cancelled'] as const) {
      expect(await begin(await world.course({}, state))).toEqual({ outcome: 'gone', values: {} })
    }
    world.clock.now = at('2026-01-10 17:00')
    expect((await begin(soon)).outcome).toBe('closed')
  })

  it('lets people begin for a full course: there is a waiting list', async () => {
    const number = await world.course({ seats: 1 })
    await world.register(number)
    expect((await begin(number)).outcome).toBe('ready')
  })
})
