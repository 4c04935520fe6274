import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CourseState } from '../../../src/training/course.ts'
import { at, type BrowseWorld, meeting, openBrowseWorld } from './browse-world.ts'

let world: BrowseWorld
beforeAll(async () => {
  world = await openBrowseWorld()
})
beforeEach(() => world.clear())
afterAll(() => world.close())

const show = (course_id: number) => world.act('show_course', { course_id })

describe('show_course', () => {
  it('tells everything of an open course', async () => {
    const number = await world.course({
      minAge: 17,
      requirements: 'Bawa KTP',
      mapUrl: 'https://peta.example',
    })
    await world.register(number)
    expect(await show(number)).toEqual({
      outcome: 'open',
      values: {
        course_id: number,
        title: 'Menjahit dasar',
        office: 'Dinas Tenaga Kerja',
        place: 'Aula Balai Latihan, Kelurahan Oesapa\nhttps://peta.example',
        schedule: 'Senin, 12 Januari 2026 pukul 09.00 sampai 15.00 WITA',
        seats: 'sisa 15 dari 16 tempat',
        requirements: '• Usia paling muda 17 tahun\n• Warga Kota Kupang\n• Bawa KTP',
        cost: 'Gratis',
        closes: 'Sabtu, 10 Januari 2026 pukul 17.00 WITA',
        contact: '0812 3456 7890 (Ibu Ina)',
      },
    })
  })

  it('says that there are groups, since what is left may not be for everybody', async () => {
    const number = await world.course({ quotas: [{ by: 'gender', values: ['female'], seats: 4 }] })
    expect((await show(number)).values.seats).toBe('sisa 16 dari 16 tempat, ada jatah per kelompok')
  })

  it('tells how many wait for a full course', async () => {
    const number = await world.course({ seats: 2 })
    await world.register(number)
    await world.register(number, { state: 'offered' })
    for (let index = 0; index < 3; index++) await world.register(number, { state: 'reserve' })
    const { outcome, values } = await show(number)
    expect([outcome, values.waiting, values.seats]).toEqual(['full', 3, 'penuh (2 tempat)'])
  })

  it('is open however many applied where an officer chooses', async () => {
    const number = await world.course({ seats: 1, selection: 'officer' })
    await world.register(number)
    const { outcome, values } = await show(number)
    expect([outcome, values.seats]).toEqual(['open', '1 tempat, dipilih kantor'])
  })

  it('goes by the clock where nothing moved the state yet', async () => {
    const number = await world.course({ opensAt: at('2026-01-05 08:00') }, 'announced')
    const soon = await show(number)
    expect([soon.outcome, soon.values.opens, soon.values.seats]).toEqual([
      'soon',
      'Senin, 5 Januari 2026 pukul 08.00 WITA',
      '16 tempat',
    ])
    world.clock.now = at('2026-01-05 08:00')
    expect((await show(number)).outcome).toBe('open')
    world.clock.now = at('2026-01-10 17:00')
    expect((await show(number)).outcome).toBe('closed')
  })

  it('closes when the course begins, however long its window is', async () => {
    const sessions = [meeting('2026-01-08')]
    const number = await world.course({ sessions, closesAt: at('2026-01-20 17:00') })
    expect((await show(number)).values.closes).toBe('Kamis, 8 Januari 2026 pukul 09.00 WITA')
    world.clock.now = at('2026-01-08 09:00')
    expect((await show(number)).outcome).toBe('closed')
  })

  it.each<[CourseState, string]>([
    ['draft', 'gone'],
    ['announced', 'open'],
    ['registration', 'open'],
    ['selection', 'closed'],
    ['running', 'closed'],
    ['finished', 'gone'],
    ['cancelled', 'gone'],
  ])('shows a course in the state %s as %s', async (state, outcome) => {
    expect((await show(await world.course({}, state))).outcome).toBe(outcome)
  })

  it('knows no course that is not there', async () => {
    const number = await world.course()
    await world.prisma.course.delete({ where: { id: BigInt(number) } })
    for (const unknown of [number, 0, -1, 1.5, 2 ** 60, Number.NaN])
      if (!Number.isNaN(unknown)) expect(await show(unknown)).toEqual({ outcome: 'gone', values: {} })
  })

  it('tells of an office that is no longer in the file by its code', async () => {
    expect((await show(await world.course({ office: 'lama' }))).values.office).toBe('lama')
  })
})
