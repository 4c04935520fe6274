import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDangerous } from './danger.ts'
import { perturbations } from './perturb.ts'
import { type Labelled, language, sentences } from './the-language.ts'

const names = ['inquiries.tsv', 'held-out.tsv', 'fresh.tsv', 'fresher.tsv', 'freshest.tsv']
const all = names.flatMap(sentences)
const anyIndex = fc.nat(all.length - 1)
const anyPlace = fc.nat(11)

function keeps({ text, wanted }: Labelled, changed: string): boolean {
  const before = language.understand(text).intent
  const { intent } = language.understand(changed)
  return intent === before || wanted.includes(intent)
}

describe('understand, of a sentence written otherwise', () => {
  it.each(perturbations)('never becomes harmful by "$name"', ({ apply }) => {
    fc.assert(
      fc.property(anyIndex, anyPlace, (index, place) => {
        const { text = '', wanted = [] } = all[index] ?? {}
        const changed = apply(text, index + place * 7)
        expect(isDangerous(language.understand(changed), wanted), changed).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('hardly ever becomes harmful by two changes at once', () => {
    const pairs = perturbations.flatMap((one) => perturbations.map((other) => [one, other] as const))
    const changed = all.flatMap(({ text, wanted }, index) =>
      [0, 1, 2, 3].map((round) => {
        const [one, other] = pairs[(index * 4 + round) % pairs.length] ?? []
        return { text: other?.apply(one?.apply(text, index) ?? '', index + 1) ?? '', wanted }
      }),
    )
    const dangers = changed.filter(({ text, wanted }) => isDangerous(language.understand(text), wanted))
    expect(dangers.length / changed.length).toBeLessThan(0.001)
  })

  it.each([
    ['shout', 0.99],
    ['add an emoji', 0.99],
    ['greet first', 0.97],
    ['add a particle', 0.97],
    ['draw out a letter', 0.95],
    ['digits for letters', 0.95],
    ['double a letter', 0.93],
    ['glue two words', 0.92],
    ['clip a vowel', 0.92],
    ['swap a pair', 0.9],
    ['drop a letter', 0.87],
  ])('keeps its intent by %j in %d of all sentences', (name, floor) => {
    const apply = perturbations.find((one) => one.name === name)?.apply
    const kept = all.filter((one, seed) => keeps(one, apply?.(one.text, seed) ?? ''))
    expect(kept.length / all.length).toBeGreaterThanOrEqual(floor)
  })
})

describe('understand, of what is no sentence', () => {
  const anyScript = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3_000 }),
    fc.string({ unit: 'grapheme', maxLength: 3_000 }),
    fc.string({ unit: fc.constantFrom(...'abdegiklmnoprstu 4310'), minLength: 200, maxLength: 3_000 }),
    fc.string({ unit: fc.constantFrom(...'لتجربة النص 中文输入 हिन्दी ไทย'), maxLength: 3_000 }),
  )

  it('never throws, and takes no harmful action', () => {
    const harmful = new Set(['hapus_data', 'berhenti', 'batal_pelatihan'])
    fc.assert(
      fc.property(anyScript, (text) => {
        const { intent, decision } = language.understand(text)
        expect(decision === 'act' && harmful.has(intent)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('takes a millisecond for about a hundred characters', () => {
    const texts = fc.sample(anyScript, { numRuns: 200, seed: 7 })
    for (const text of texts) language.understand(text)
    const started = process.cpuUsage()
    for (const text of texts) language.understand(text.split('').reverse().join(''))
    const { user, system } = process.cpuUsage(started)
    const characters = texts.reduce((sum, text) => sum + Math.min(text.length, 2_000), 0)
    expect((user + system) / 1_000 / (characters / 100)).toBeLessThan(1)
  })
})
