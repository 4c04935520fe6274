import type { Concepts } from './concepts.ts'
import type { Features } from './learn.ts'

const MOST_PAIRED = 8
const CONCEPT = 1
const PAIR = 0.6
const WORD = 0.6
const UNKNOWN_WORD = 0.3

/** The features of a sentence: its concepts (denied ones apart), pairs of them, the words left over, and its form. */
export function featuresOf(concepts: Concepts): Features {
  const features = new Map<string, number>()
  const names = [...concepts.said].map((name) => (concepts.denied.has(name) ? `~${name}` : name))
  for (const name of names) features.set(name, CONCEPT)
  const paired = names.slice(0, MOST_PAIRED).sort()
  for (const [index, first] of paired.entries()) {
    for (const second of paired.slice(index + 1)) features.set(`${first}+${second}`, PAIR)
  }
  for (const { root, known } of concepts.rest) features.set(`"${root}"`, known ? WORD : UNKNOWN_WORD)
  if (concepts.asks) features.set('?', WORD)
  if (concepts.said.size === 0) features.set('no concept', CONCEPT)
  return features
}
