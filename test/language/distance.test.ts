import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, typoDistance } from '../../src/language/distance.ts'

describe('editDistance', () => {
  it.each([
    ['daftar', 'dafatr', 1],
    ['daftar', 'datar', 1],
    ['daftar', 'daftar', 0],
    ['abc', 'xyz', 3],
    ['pelatihan', 'pltihan', 2],
  ])('parts %s and %s', (from, to, distance) => {
    expect(editDistance(from, to, 5)).toBe(distance)
  })

  it('is the same both ways and never over the limit by more than one', () => {
    const word = fc.stringMatching(/^[a-d]{0,8}$/)
    fc.assert(
      fc.property(word, word, fc.nat(3), (from, to, limit) => {
        const distance = editDistance(from, to, limit)
        expect(distance).toBe(editDistance(to, from, limit))
        expect(distance).toBe(Math.min(limit + 1, editDistance(from, to, 20)))
      }),
    )
  })
})

describe('typoDistance', () => {
  it.each([
    ['bansoz', 'bansos', 1],
    ['plthn', 'pelatihan', 1],
    ['pelatiham', 'pelatihan', 1],
    ['dftar', 'daftar', 1],
    ['pkh', 'pka', undefined],
    ['nik', 'naik', undefined],
    ['xansos', 'bansos', undefined],
    ['bnsss', 'bantuan', undefined],
  ])('measures %s for %s', (typed, known, distance) => {
    expect(typoDistance(typed, known)).toBe(distance)
  })
})
