import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createConceptFinder } from '../../src/language/concepts.ts'
import { createDictionary } from '../../src/language/dictionary.ts'
import { readIntents } from '../../src/language/intents.ts'
import { createUnderstanding, type Understood } from '../../src/language/understand.ts'
import { readWordTables } from '../../src/language/word-tables.ts'
import { isDangerous, isOffered, isRight } from './danger.ts'
import { perturbations } from './perturb.ts'
import { language, sentences, sources } from './the-language.ts'

function missesOf(name: string, understand: (text: string) => Understood) {
  const all = sentences(name)
  const answers = all.map(({ text, wanted }) => ({ text, wanted, understood: understand(text) }))
  const misses = answers.filter(({ wanted, understood }) => !isRight(understood, wanted))
  const dangers = answers.filter(({ wanted, understood }) => isDangerous(understood, wanted))
  const offered =
    answers.filter(({ wanted, understood }) => isOffered(understood, wanted)).length / all.length
  return { offered, accuracy: 1 - misses.length / all.length, dangers: dangers.map(({ text }) => text) }
}

describe('understand', () => {
  it.each([
    ['held-out.tsv', 0.95],
    ['fresh.tsv', 0.94],
    ['fresher.tsv', 0.93],
    ['freshest.tsv', 0.9],
  ])('does the right thing at once for the sentences of %s, from which it has not learnt', (name, floor) => {
    const { accuracy, offered, dangers } = missesOf(name, language.understand)
    expect(accuracy).toBeGreaterThan(floor)
    expect(offered).toBeGreaterThan(0.97)
    expect(dangers).toEqual([])
  })

  it.each([
    ['maitua ada hamil 5 bulan, itu masuk hitungan PKH ko?', 'syarat_pkh'],
    ['bingung e, ada manusia di situ ko?', 'bicara_petugas'],
  ])('acts on %j', (text, intent) => {
    expect(language.understand(text)).toMatchObject({ intent, decision: 'act' })
  })

  it('understands the example inquiries even when they are left out of the examples', () => {
    const problems: string[] = []
    const intents = readIntents(sources.intents, problems)
    const dictionary = createDictionary(readWordTables(sources, problems), intents)
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
      right += left.filter(({ text, wanted }) => isRight(understand(text), wanted)).length
    }
    expect(right / all.length).toBeGreaterThanOrEqual(0.95)
  })

  it.each(perturbations)('holds out against "$name", and never becomes harmful by it', ({ apply }) => {
    const all = sentences('inquiries.tsv')
    const answers = all.map(({ text, wanted }, index) => ({
      text: apply(text, index),
      wanted,
      understood: language.understand(apply(text, index)),
    }))
    const dangers = answers.filter(({ understood, wanted }) => isDangerous(understood, wanted))
    expect(dangers.map(({ text }) => text)).toEqual([])
    const right = answers.filter(({ understood, wanted }) => wanted.includes(understood.intent)).length
    expect(right / all.length).toBeGreaterThan(0.85)
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
