import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { shorten } from '../../../src/training/browse/course-labels.ts'
import { at, type BrowseWorld, meeting, openBrowseWorld } from './browse-world.ts'

let world: BrowseWorld
beforeAll(async () => {
  world = await openBrowseWorld()
})
beforeEach(() => world.clear())
afterAll(() => world.close())

async function list(by = 'all', value = '') {
  const { outcome, values } = await world.act('list_courses', { by, value })
  return outcome === 'some' ? (values.courses as { course_id: number; label: string }[]) : outcome
}
const labels = async (by?: string, value?: string) => {
  const found = await list(by, value)
  return typeof found === 'string' ? found : found.map(({ label }) => label)
}

describe('list_courses', () => {
  it('tells when a course begins and how many seats are left, offered ones taken', async () => {
    const number = await world.course({ seats: 5 })
    await world.register(number)
    await world.register(number, { state: 'offered' })
    await world.register(number, { state: 'cancelled' })
    await world.register(number, { state: 'reserve' })
    expect(await labels()).toEqual(['Menjahit dasar, mulai 12 Januari 2026, sisa 3 tempat'])
  })

  it('tells the seats of a course for which an officer chooses, that one is full, and when one opens', async () => {
    await world.course({ title: 'Las', selection: 'officer' })
    const full = await world.course({ title: 'Barista', seats: 1 })
    await world.register(full)
    await world.course({ title: 'Tenun', opensAt: at('2026-01-05 08:00') }, 'announced')
    await world.course({ title: 'Roti', opensAt: at('2026-01-05 08:00'), selection: 'officer' }, 'announced')
    expect(await labels()).toEqual([
      'Las, mulai 12 Januari 2026, kuota 16',
      'Barista, mulai 12 Januari 2026, penuh, daftar tunggu',
      'Tenun, mulai 12 Januari 2026, dibuka 5 Januari',
      'Roti, mulai 12 Januari 2026, dibuka 5 Januari',
    ])
  })

  it('is full where every group is, though seats are left in all', async () => {
    const quotas = [
      { by: 'gender', values: ['female'], seats: 1 },
      { by: 'gender', values: ['male'], seats: 1 },
    ] as const
    const number = await world.course({ quotas })
    await world.register(number, { gender: 'female' })
    expect(await labels()).toEqual(['Menjahit dasar, mulai 12 Januari 2026, sisa 1 tempat'])
    await world.register(number, { gender: 'male' })
    expect(await labels()).toEqual(['Menjahit dasar, mulai 12 Januari 2026, penuh, daftar tunggu'])
  })

  it('leaves out what residents may not see, what began, and whose window the clock has closed', async () => {
    for (const state of ['draft', 'selection', 'running', 'finished', 'cancelled'] as const)
      await world.course({}, state)
    await world.course({ closesAt: at('2026-01-02 10:00') })
    await world.course({ sessions: [meeting('2026-01-02', '10:00')], closesAt: at('2026-01-09 10:00') })
    expect(await list()).toBe('none')
    await world.course({ title: 'Diumumkan' }, 'announced')
    expect(await labels()).toHaveLength(1)
    world.clock.now = at('2026-01-10 17:00')
    expect(await list()).toBe('none')
  })

  it('puts those first that begin first, and lists no more than 27', async () => {
    for (let day = 1; day <= 30; day++) {
      const sessions = [meeting(`2026-03-${String(31 - day).padStart(2, '0')}`)]
      await world.course({ title: `Kursus ${31 - day}`, sessions })
    }
    const found = await labels()
    expect(found).toHaveLength(27)
    expect(found[0]).toBe('Kursus 1, mulai 1 Maret 2026, sisa 16 tempat')
    expect(found[26]).toBe('Kursus 27, mulai 27 Maret 2026, sisa 16 tempat')
  })

  it('narrows by subject, kecamatan and the month in Kupang', async () => {
    const tonight = { startsAt: at('2026-02-01 00:30'), endsAt: at('2026-02-01 03:00') }
    await world.course({ title: 'Las', subject: 'las', kelurahan: '53.71.01.1001' })
    await world.course({
      title: 'Jahit',
      sessions: [{ ...tonight, title: undefined, place: undefined }],
    })
    await world.course({ title: 'Tenun', subject: 'tenun', kelurahan: undefined })
    expect(await labels('subject', 'las')).toEqual([expect.stringContaining('Las')])
    expect(await labels('kecamatan', '53.71.03')).toEqual([expect.stringContaining('Jahit')])
    expect(await labels('month', '2026-01')).toHaveLength(2)
    expect(await labels('month', '2026-02')).toEqual([expect.stringContaining('Jahit')])
    for (const [by, value] of [
      ['month', '2026-13'],
      ['month', 'soon'],
      ['subject', 'nothing'],
      ['kecamatan', '53.71.0'],
    ])
      expect(await list(by, value)).toBe('none')
  })

  it('keeps every label as short as a row may be, by cutting the title', async () => {
    await world.course({
      title: 'Pelatihan pengolahan hasil laut dan pemasaran produk olahan lewat toko daring',
    })
    await world.course({ title: 'X'.repeat(100), sessions: [meeting('2026-09-28')] })
    const found = await labels()
    expect(found).toEqual([
      'Pelatihan pengolahan hasil laut…, mulai 12 Januari 2026, sisa 16 tempat',
      `${'X'.repeat(30)}…, mulai 28 September 2026, sisa 16 tempat`,
    ])
    for (const label of found) expect(label.length).toBeLessThanOrEqual(72)
  })

  it('tells two apart that would read alike', async () => {
    const first = await world.course()
    const second = await world.course()
    await world.course({ title: 'Las' })
    expect(await labels()).toEqual([
      `Menjahit dasar (nomor ${first}), mulai 12 Januari 2026, sisa 16 tempat`,
      `Menjahit dasar (nomor ${second}), mulai 12 Januari 2026, sisa 16 tempat`,
      'Las, mulai 12 Januari 2026, sisa 16 tempat',
    ])
  })
})

describe('list_grounds', () => {
  const grounds = async (by: string) => {
    const { outcome, values } = await world.act('list_grounds', { by })
    return outcome === 'some' ? values.grounds : outcome
  }

  it('names only what leads to a course', async () => {
    await world.course({ subject: 'tenun', kelurahan: '53.71.01.1001', sessions: [meeting('2026-03-02')] })
    await world.course({ subject: 'menjahit', kelurahan: '53.71.03.1010' })
    await world.course({ subject: 'menjahit', kelurahan: undefined })
    await world.course({ subject: 'las', kelurahan: '53.71.05.1001' }, 'running')
    expect(await grounds('subject')).toEqual([
      { value: 'menjahit', label: 'Menjahit' },
      { value: 'tenun', label: 'Tenun' },
    ])
    expect(await grounds('kecamatan')).toEqual([
      { value: '53.71.01', label: 'Alak' },
      { value: '53.71.03', label: 'Kelapa Lima' },
    ])
    expect(await grounds('month')).toEqual([
      { value: '2026-01', label: 'Januari 2026' },
      { value: '2026-03', label: 'Maret 2026' },
    ])
    for (const { value } of (await grounds('kecamatan')) as { value: string }[])
      expect(await list('kecamatan', value)).toHaveLength(1)
  })

  it('names nothing where there is no course', async () => {
    for (const by of ['subject', 'kecamatan', 'month']) expect(await grounds(by)).toBe('none')
  })
})

describe('shorten', () => {
  it('leaves what is short enough, cuts at a word, and halves no letter', () => {
    expect(shorten('Menjahit', 8)).toBe('Menjahit')
    expect(shorten('Menjahit dasar untuk pemula', 20)).toBe('Menjahit dasar…')
    expect(shorten('Menjahitdasaruntukpemula', 10)).toBe('Menjahitd…')
    expect(shorten('👍👍👍👍', 5)).toBe('👍👍…')
  })
})
