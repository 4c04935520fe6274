import { normalise } from '../../language/normalise.ts'

/** A phrase that stands in a text, by how many words it has and what it means. */
export interface FoundPhrase<Meaning> {
  readonly length: number
  readonly meaning: Meaning
}

/** Finds the longest known phrase that begins at a word. */
export interface PhraseFinder<Meaning> {
  at(tokens: readonly string[], index: number): FoundPhrase<Meaning> | undefined
  /** The longest that ends just before a word. */
  before(tokens: readonly string[], index: number): FoundPhrase<Meaning> | undefined
}

interface Entry<Meaning> {
  readonly words: readonly string[]
  readonly meaning: Meaning
}

/** Builds the finder from phrases as people write them. Of the same phrase twice the first counts. */
export function createPhraseFinder<Meaning>(
  phrases: Iterable<readonly [string, Meaning]>,
): PhraseFinder<Meaning> {
  const entries = [...phrases]
    .map(([phrase, meaning]): Entry<Meaning> => ({ words: normalise(phrase).tokens, meaning }))
    .filter(({ words }) => words.length > 0)
    .sort((one, other) => other.words.length - one.words.length)
  const byFirst = Map.groupBy(entries, ({ words }) => words[0])
  const byLast = Map.groupBy(entries, ({ words }) => words.at(-1))
  const stands = (tokens: readonly string[], start: number, words: readonly string[]) =>
    start >= 0 && words.every((word, offset) => tokens[start + offset] === word)
  const found = (entry: Entry<Meaning> | undefined) =>
    entry && { length: entry.words.length, meaning: entry.meaning }
  return {
    at: (tokens, index) =>
      found(byFirst.get(tokens[index])?.find(({ words }) => stands(tokens, index, words))),
    before: (tokens, index) =>
      index === 0
        ? undefined
        : found(
            byLast.get(tokens[index - 1])?.find(({ words }) => stands(tokens, index - words.length, words)),
          ),
  }
}
