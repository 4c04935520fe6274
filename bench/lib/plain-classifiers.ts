import type { Answer, Classifier, Example } from './classifier.ts'

// What a few lines achieve without knowing a word of the language: the floor that knowing it has to pay for.

/** The example whose character trigrams are nearest by cosine. */
export const nearestExample: Classifier = {
  name: 'nearest by trigrams',
  async train(examples) {
    const known = examples.map(({ text, label }) => ({ label, grams: counts(trigrams(text)) }))
    return (text) => {
      const grams = counts(trigrams(text))
      return ranked(known.map(({ label, grams: other }) => [label, cosine(grams, other)]))
    }
  },
}

/** Multinomial naive Bayes on words, smoothed by one. */
export const naiveBayes: Classifier = {
  name: 'naive Bayes on words',
  async train(examples) {
    const byLabel = Map.groupBy(examples, ({ label }) => label)
    const vocabulary = new Set(examples.flatMap(({ text }) => words(text)))
    const models = [...byLabel].map(([label, own]) =>
      learnWords(label, own, examples.length, vocabulary.size),
    )
    return (text) => {
      const said = words(text).filter((word) => vocabulary.has(word))
      return ranked(
        models.map(({ label, prior, of }) => [label, said.reduce((sum, word) => sum + of(word), prior)]),
      )
    }
  },
}

function learnWords(label: string, own: readonly Example[], total: number, vocabulary: number) {
  const seen = counts(own.flatMap(({ text }) => words(text)))
  const all = [...seen.values()].reduce((sum, count) => sum + count, 0)
  const of = (word: string) => Math.log(((seen.get(word) ?? 0) + 1) / (all + vocabulary))
  return { label, prior: Math.log(own.length / total), of }
}

function ranked(scores: readonly (readonly [string, number])[]): Answer {
  const labels = scores.toSorted((a, b) => b[1] - a[1]).map(([label]) => label)
  const [first = '', ...others] = [...new Set(labels)]
  return { acts: first, first, offers: [first, ...others.slice(0, 1)] }
}

function words(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []
}

function trigrams(text: string): readonly string[] {
  const padded = `  ${words(text).join(' ')} `
  return Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3))
}

function counts(items: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const item of items) found.set(item, (found.get(item) ?? 0) + 1)
  return found
}

function cosine(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let product = 0
  for (const [key, value] of one) product += value * (other.get(key) ?? 0)
  return product / (length(one) * length(other) || 1)
}

function length(vector: ReadonlyMap<string, number>): number {
  return Math.sqrt([...vector.values()].reduce((sum, value) => sum + value * value, 0))
}
