import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalise } from '../../src/language/normalise.ts'

describe('normalise', () => {
  it.each([
    ['Menu', 'menu'],
    ['  CEK   Bansos!! ', 'cek bansos'],
    ['haloooo', 'halo'],
    ['orang2 itu', 'orang itu'],
    ['25rb', '25 rb'],
    ['1.5jt', '1.5 jt'],
    ['jam8', 'jam 8'],
    ['se’i sapi', 'sei sapi'],
    ["sambal lu'at", 'sambal luat'],
    ['ｃｅｋ １', 'cek 1'],
    ['ba\u200bns\u202eos\u0000', 'bansos'],
    ['👍🏽', '👍'],
    ['😀😀', ''],
    ['', ''],
    ['harga 25.000', 'harga 25.000'],
    ['u/ ibu', 'untuk ibu'],
    ['p3ke', 'p3ke'],
    ['satu\ndua', 'satu dua'],
  ])('folds %j to %j', (text, folded) => {
    expect(normalise(text).text).toBe(folded)
  })

  it('gives tokens that join to its text, and folds its own text to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const once = normalise(text)
        expect(once.tokens.join(' ')).toBe(once.text)
        expect(normalise(once.text).text).toBe(once.text)
      }),
    )
  })

  it('takes the fast path to the same result', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,9}( [a-z]{1,9}){0,4}$/), (text) => {
        expect(normalise(text)).toEqual(normalise(`${text} ?`))
      }),
    )
  })

  it('stays quick on ten thousand awkward characters', () => {
    for (const awkward of ['a', '1', '.', '1.', ' ', '\u0301', '👍', 'ﷺ', '\ud800', 'a2', '١']) {
      const started = performance.now()
      normalise(awkward.repeat(10_000))
      expect(performance.now() - started).toBeLessThan(500)
    }
  })
})
