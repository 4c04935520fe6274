import { describe, expect, it } from 'vitest'
import { likelyWords, shortenedForms } from '../../../src/marketplace/search/near-words.ts'
import { lexicon } from './the-search.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** Every way to get one letter of a word wrong. */
function mistyped(word: string): readonly string[] {
  const at = (index: number) => [word.slice(0, index), word.slice(index)] as const
  const places = Array.from({ length: word.length + 1 }, (_, index) => at(index))
  return places.flatMap(([before, after]) => [
    before + after.slice(1),
    before + (after[1] ?? '') + (after[0] ?? '') + after.slice(2),
    ...[...letters].flatMap((letter) => [before + letter + after, before + letter + after.slice(1)]),
  ])
}

describe('shortenedForms', () => {
  it('gives a word and each way to mistype one of its letters something in common', () => {
    for (const word of ['abon', 'madu', 'keripik', 'selendang', 'kacang', 'bagea']) {
      const forms = new Set(shortenedForms(word))
      const lost = mistyped(word).filter((typed) => !shortenedForms(typed).some((form) => forms.has(form)))
      expect(lost).toEqual([])
    }
  })
})

describe('likelyWords', () => {
  const known = [...lexicon.marketWords]

  it.each([
    ['abno', 'abon'],
    ['ambon', 'abon'],
    ['kripk', 'kripik'],
    ['salendeng', 'salendang'],
    ['slendng', 'slendang'],
    ['bbi', 'babi'],
    ['sasndo', 'sasando'],
    ['gla', 'gula'],
    ['dendng', 'dendeng'],
    ['krupk', 'krupuk'],
  ])('takes %j for %s', (typed, word) => {
    expect(likelyWords(typed, known).map((likely) => likely.word)).toContain(word)
  })

  it('takes short words and those with too much wrong for nothing', () => {
    for (const typed of ['a', 'xq', 'zzzzzz', 'abcdefghij']) expect(likelyWords(typed, known)).toEqual([])
  })
})
