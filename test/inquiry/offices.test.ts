import { describe, expect, it } from 'vitest'
import { parseOffices } from '../../src/inquiry/offices.ts'
import { sampleOffices } from './sample-offices.ts'

const broken = (from: string | RegExp, to: string) => () =>
  parseOffices(sampleOffices.replace(from, to), 'kantor.yaml')

describe('parseOffices', () => {
  it('reads who answers what, the hours and the holidays', () => {
    const { offices, routes, hours, promises } = parseOffices(sampleOffices)
    expect([...offices.keys()]).toEqual(['umum', 'dinsos', 'nakertrans', 'umkm'])
    expect(routes.fraud.signsAs).toBe('Dinas Sosial Kota Kupang')
    expect([...hours.week.keys()]).toEqual([1, 2, 3, 4, 5])
    expect(hours.week.get(5)).toEqual({ from: 450, to: 990 })
    const days = ['2026-12-24', '2026-12-25', '2026-12-30', '2027-01-02', '2027-01-03']
    expect(days.map(hours.isHoliday)).toEqual([false, true, true, true, false])
    expect(promises.deletion).toEqual({ hours: 72 })
  })

  it('lists every problem at once', () => {
    const words = sampleOffices.replace('"07.30-16.30"', 'pagi').replace('question: umum', 'question: 5')
    expect(() => parseOffices(words, 'kantor.yaml')).toThrow(
      /kantor\.yaml: routes\.question[\s\S]*hours\.jumat/,
    )
  })

  it.each([
    [
      'a route to no office',
      broken('fraud: dinsos', 'fraud: polisi'),
      'routes.fraud: no office has the code polisi',
    ],
    ['a kind without a route', broken('  late: umum\n', ''), 'routes.late'],
    ['a kind without a promise', broken('  deletion: { hours: 72 }\n', ''), 'promises.deletion'],
    ['a week without a day', broken(/hours: \{ senin.*\}/, 'hours: {}'), 'no day is open'],
    ['a day that ends before it begins', broken('07.30-16.30', '16.30-07.30'), 'hours.jumat: ends before'],
    ['a holiday that is no day', broken('2026-12-25', '2026-12-35'), 'holidays.0'],
    ['a holiday that never ends', broken('2027-01-02', '2029-01-02'), 'holidays.1'],
    [
      'a promise of nothing',
      broken('fraud: { working_hours: 4 }', 'fraud: { working_hours: 0 }'),
      'promises.fraud',
    ],
    ['a key that nobody reads', broken('as_of:', 'berlaku:'), 'berlaku'],
  ])('refuses %s', (_, read, what) => expect(read).toThrow(what))
})
