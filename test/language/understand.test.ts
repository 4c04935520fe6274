import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createConceptFinder } from '../../src/language/concepts.ts'
import { createDictionary } from '../../src/language/dictionary.ts'
import { readIntents } from '../../src/language/intents.ts'
import { createUnderstanding, type Understood } from '../../src/language/understand.ts'
import { readWordTables } from '../../src/language/word-tables.ts'
import { language, sentences, sources } from './the-language.ts'

const HARMFUL = new Set(['hapus_data', 'berhenti', 'batal_pelatihan'])

/** Whether acting on what was understood would do harm, not merely waste a turn. */
function isDangerous(understood: Understood, intent: string): boolean {
  if (understood.decision !== 'act' || understood.intent === intent) return false
  if (HARMFUL.has(understood.intent)) return true
  if (intent === 'batal_pelatihan') return understood.intent === 'daftar_pelatihan'
  return intent === 'sanggah' && understood.intent === 'cek_bansos'
}

function missesOf(name: string, understand: (text: string) => Understood) {
  const all = sentences(name)
  const answers = all.map(({ text, intent }) => ({ text, intent, understood: understand(text) }))
  const misses = answers.filter(({ intent, understood }) => understood.intent !== intent)
  const dangers = answers.filter(({ intent, understood }) => isDangerous(understood, intent))
  return { accuracy: 1 - misses.length / all.length, dangers: dangers.map(({ text }) => text) }
}

describe('understand', () => {
  it('understands nine of ten sentences it has not learnt from, and never harmfully wrong', () => {
    const { accuracy, dangers } = missesOf('held-out.tsv', language.understand)
    expect(accuracy).toBeGreaterThan(0.9)
    expect(dangers).toEqual([])
  })

  it('understands the example inquiries even when they are left out of the examples', () => {
    const problems: string[] = []
    const intents = readIntents(sources.intents, problems)
    const dictionary = createDictionary(readWordTables(sources, problems), intents.conceptWords)
    const finder = createConceptFinder(intents, dictionary, problems)
    expect(problems).toEqual([])
    const all = sentences('inquiries.tsv')
    const folds = 6
    let right = 0
    for (let fold = 0; fold < folds; fold++) {
      const left = all.filter((_, index) => index % folds === fold)
      const out = new Set(left.map(({ text }) => text.toLowerCase()))
      const definitions = intents.definitions.map((definition) => ({
        ...definition,
        examples: definition.examples.filter((example) => !out.has(example.toLowerCase())),
      }))
      const understand = createUnderstanding({ ...intents, definitions }, dictionary, finder)
      right += left.filter(({ text, intent }) => understand(text).intent === intent).length
    }
    expect(right / all.length).toBeGreaterThanOrEqual(0.85)
  })

  it('holds out against one typing error, and never becomes harmful by it', () => {
    for (const wrong of [clipVowel, doubleLetter, digitsForLetters, glueWords, swapLetters, dropLetter]) {
      let right = 0
      const all = sentences('inquiries.tsv')
      for (const [index, { text, intent }] of all.entries()) {
        const understood = language.understand(wrong(text, index))
        if (understood.intent === intent) right += 1
        expect(isDangerous(understood, intent), `${wrong.name}: ${wrong(text, index)}`).toBe(false)
      }
      expect(right / all.length, wrong.name).toBeGreaterThan(0.85)
    }
  })

  it.each(['STOP', 'stop', 'Berhenti!', 'UNSUB', ' Stop. '])('takes %j alone for a stop at once', (text) => {
    expect(language.understand(text)).toMatchObject({ intent: 'berhenti', decision: 'act', score: 1 })
  })

  it.each([
    ['sonde jadi iko pelatihan las', 'batal_pelatihan'],
    ['saya jadi ikut pelatihan las', 'daftar_pelatihan'],
    ['jang hapus beta pung nama dari pelatihan, beta mo iko', 'daftar_pelatihan'],
    ['jangan hapus data saya', 'hapus_data'],
    ['PKH saya berhenti kenapa', 'berhenti'],
    ['berhenti merokok', 'berhenti'],
    ['jangan berhenti kirim info', 'berhenti'],
    ['hapus produk saya', 'hapus_data'],
    ['kenapa nama saya dihapus dari bansos', 'hapus_data'],
    ['tetangga pung oto dua ma dapa PKH', 'cek_bansos'],
  ])('never acts on %j as %s when that would be the opposite', (text, intent) => {
    const understood = language.understand(text)
    const opposite = intent === 'batal_pelatihan' ? 'daftar_pelatihan' : intent
    const acts = understood.decision === 'act' && understood.intent === opposite
    expect(acts && intent !== 'daftar_pelatihan').toBe(false)
  })

  it.each([
    ['mngundurken diri dari kursus', 'batal_pelatihan'],
    ['hpusskan data saya', 'hapus_data'],
  ])('asks rather than acts on %j, a harmful cue badly misspelt', (text, intent) => {
    expect(language.understand(text)).toMatchObject({ intent, decision: 'ask' })
  })

  it.each(['', '   ', '😀', '1', 'zxqw vbnm', 'ايوا نعم'])('finds nothing in %j', (text) => {
    expect(language.understand(text)).toMatchObject({ intent: 'other', decision: 'none' })
  })

  it('gives scores between 0 and 1, best first, for any text', () => {
    const word = fc.constantFrom(...sources.intents.split(/\W+/).slice(0, 2_000))
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 12 }).map((all) => all.join(' ')),
    )
    fc.assert(
      fc.property(text, (any) => {
        const { intent, score, alternatives } = language.understand(any)
        expect(language.intents).toContain(intent)
        const scores = alternatives.map((one) => one.score)
        for (const one of [score, ...scores]) expect(one >= 0 && one <= 1).toBe(true)
        expect(scores).toEqual(scores.toSorted((a, b) => b - a))
      }),
      { numRuns: 300 },
    )
  })

  it('stays quick on ten thousand characters', () => {
    for (const long of ['daftr', 'plthn ', 'x', 'maudaftar ', 'sonde ']) {
      const started = performance.now()
      language.understand(long.repeat(10_000 / long.length))
      expect(performance.now() - started).toBeLessThan(500)
    }
  })
})

function onLongestWord(text: string, change: (word: string) => string): string {
  const words = text.toLowerCase().split(/\s+/)
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '')
  if (longest.length < 5) return text
  return words.map((word) => (word === longest ? change(word) : word)).join(' ')
}

function clipVowel(text: string, index: number): string {
  return onLongestWord(text, (word) => {
    const vowels = [...word].flatMap((letter, at) => (at > 0 && 'aeiou'.includes(letter) ? [at] : []))
    const at = vowels[index % Math.max(1, vowels.length)] ?? word.length
    return word.slice(0, at) + word.slice(at + 1)
  })
}

function doubleLetter(text: string, index: number): string {
  return onLongestWord(text, (word) => {
    const at = index % word.length
    return word.slice(0, at) + word[at] + word.slice(at)
  })
}

function digitsForLetters(text: string): string {
  return onLongestWord(text, (word) =>
    word.replaceAll('a', '4').replaceAll('i', '1').replaceAll('o', '0').replaceAll('e', '3'),
  )
}

function glueWords(text: string, index: number): string {
  const words = text.split(' ')
  const at = index % Math.max(1, words.length - 1)
  return [...words.slice(0, at), `${words[at]}${words[at + 1] ?? ''}`, ...words.slice(at + 2)].join(' ')
}

function swapLetters(text: string, index: number): string {
  return onLongestWord(text, (word) => {
    const at = 1 + (index % (word.length - 2))
    return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
  })
}

function dropLetter(text: string, index: number): string {
  return onLongestWord(text, (word) => {
    const at = 1 + (index % (word.length - 1))
    return word.slice(0, at) + word.slice(at + 1)
  })
}
