import { describe, expect, it } from 'vitest'
import { seatsLeft } from '../../../src/training/browse/seats-left.ts'
import type { Quota } from '../../../src/training/course.ts'
import type { Applicant } from '../../../src/training/seats/seats.ts'

const city = ['53.71.01.1001', '53.71.01.1002', '53.71.03.1010']
const seated = (count: number, change: Partial<Applicant> = {}): Applicant[] =>
  Array.from({ length: count }, () => ({
    kelurahan: '53.71.03.1010',
    gender: undefined,
    desil: undefined,
    ...change,
  }))
const gender = (value: string, seats: number): Quota => ({ by: 'gender', values: [value], seats })
const area = (by: 'kelurahan' | 'kecamatan', values: string[], seats: number): Quota => ({
  by,
  values,
  seats,
})

function left(quotas: readonly Quota[], people: readonly Applicant[], domicile: readonly string[] = []) {
  return seatsLeft({ seats: 16, quotas, domicile }, people, city)
}

describe('seatsLeft', () => {
  it('is what is free in all where there are no groups', () => {
    expect(left([], seated(13))).toBe(3)
    expect(left([], seated(20))).toBe(0)
  })

  it('counts a group that not everybody is in no further', () => {
    expect(left([gender('female', 4)], seated(4, { gender: 'female' }))).toBe(12)
    expect(left([area('kecamatan', ['53.71.01'], 0)], seated(4))).toBe(12)
  })

  it('is nothing once every group is full that anybody could be in', () => {
    const quotas = [gender('female', 6), gender('male', 4)]
    const women = seated(6, { gender: 'female' })
    expect(left(quotas, women)).toBe(4)
    expect(left(quotas, [...women, ...seated(4, { gender: 'male' })])).toBe(0)
  })

  it('adds up what the groups have left, up to what is free in all', () => {
    const quotas = [gender('female', 10), gender('male', 10)]
    expect(left(quotas, seated(9, { gender: 'female' }))).toBe(7)
    expect(left([gender('female', 3), gender('male', 3)], [])).toBe(6)
  })

  it('knows areas that are the whole city, or all of it that may apply', () => {
    const alak = area('kecamatan', ['53.71.01'], 2)
    const oesapa = area('kelurahan', ['53.71.03.1010'], 3)
    expect(left([alak, oesapa], [])).toBe(5)
    expect(left([alak], [])).toBe(16)
    expect(left([alak], [], ['53.71.01'])).toBe(2)
  })

  it('takes nothing from a group for whoever is in none', () => {
    const quotas = [...[1, 2, 3].map((desil): Quota => ({ by: 'desil', values: [String(desil)], seats: 1 }))]
    expect(left(quotas, seated(3, { desil: 1 }))).toBe(13)
  })
})
