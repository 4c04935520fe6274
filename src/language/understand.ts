import type { ConceptFinder, Concepts } from './concepts.ts'
import { fires } from './cues.ts'
import type { Dictionary } from './dictionary.ts'
import { featuresOf } from './features.ts'
import { type IntentDefinition, type Intents, OTHER } from './intents.ts'
import { type Lesson, learn, score, toShares } from './learn.ts'
import { normalise } from './normalise.ts'
import type { Word } from './word.ts'

/** How sure one intent is, from 0 to 1. */
interface RankedIntent {
  readonly intent: string
  readonly score: number
}

/**
 * What a free text asks for. `intent` is `other` when it asks for nothing the bot does. `decision` says what to
 * do with it: `act` on a clear winner, `ask` between two near ones, `none` when nothing fits.
 */
export interface Understood {
  readonly text: string
  readonly intent: string
  readonly score: number
  readonly alternatives: readonly RankedIntent[]
  readonly decision: 'act' | 'ask' | 'none'
}

const SURE = 0.55
const LEAST = 0.3
const MARGIN = 0.2
const WORTH_NAMING = 0.1
const MOST_ALTERNATIVES = 3
const LONGEST = 2_000
const NEARLY = 0.9
const UNKNOWN_LENGTH = 5
const NO_WORDS: ReadonlySet<string> = new Set()

/** Builds the function that understands free texts: learns from the examples once, then only looks up. */
export function createUnderstanding(
  intents: Intents,
  dictionary: Dictionary,
  findConcepts: ConceptFinder,
): (text: string) => Understood {
  const { definitions } = intents
  const weights = learn(lessonsOf(definitions, dictionary, findConcepts), definitions.length)
  return (text) => {
    const { tokens, text: folded } = normalise(text.slice(0, LONGEST))
    const alone = definitions.find((definition) => definition.alone.has(folded))
    if (alone !== undefined) return { text, intent: alone.label, score: 1, alternatives: [], decision: 'act' }
    const words = dictionary.read(tokens)
    const nearlyAlone = definitions.find((definition) => isAlmostAlone(words, definition))
    if (nearlyAlone !== undefined) {
      return { text, intent: nearlyAlone.label, score: NEARLY, alternatives: [], decision: 'act' }
    }
    const concepts = findConcepts(words)
    if (concepts.said.size === 0) return { text, intent: OTHER, score: 0, alternatives: [], decision: 'none' }
    const scores = score(weights, featuresOf(concepts), priorOf(definitions, concepts))
    const ranked = rank(definitions, scores)
    const speaksFor = new Map(
      definitions.map((definition) => [definition.label, support(definition, concepts, words, dictionary)]),
    )
    return decide(text, ranked, (intent) => speaksFor.get(intent) ?? 'sure')
  }
}

function isAlmostAlone(words: readonly Word[], { alone }: IntentDefinition): boolean {
  const [only, ...others] = words
  return only !== undefined && others.length === 0 && only.typo <= 1 && alone.has(only.word)
}

/** What speaks for an intent, apart from its score. A harmful one is shut out when nothing does. */
type Support = 'sure' | 'unsure' | 'nothing'

function support(
  definition: IntentDefinition,
  concepts: Concepts,
  words: readonly Word[],
  dictionary: Dictionary,
): Support {
  if (definition.destructive) {
    const isDoubtful = words.some((word) => dictionary.mayBe(word, NO_WORDS))
    return supportOfHarm(definition, concepts, isDoubtful)
  }
  const { beware, cues } = definition
  const firing = cues.filter((cue) => cue.weight > 0 && fires(cue, concepts))
  // "Btlaknn pelatihan": a word that was not recognised could turn the meaning round, so a cue must outweigh it.
  if (firing.length === 0 && hasUnknownWord(concepts)) return 'unsure'
  if (beware.concepts.length === 0) return 'sure'
  if (beware.concepts.some((name) => concepts.said.has(name) && !concepts.denied.has(name))) return 'unsure'
  if (concepts.loose || words.some((word) => dictionary.mayBe(word, beware.words))) return 'unsure'
  return firing.length === 0 || firing.some(({ present }) => isSure(present, concepts)) ? 'sure' : 'unsure'
}

function supportOfHarm({ needs }: IntentDefinition, concepts: Concepts, isDoubtful: boolean): Support {
  const denied = new Set([...concepts.denied, ...concepts.mixed])
  // What a sign names first is what would be done: "jangan hapus data saya" asks for the opposite.
  const firing = needs.filter(
    (cue) =>
      fires(cue, { ...concepts, denied }) && (cue.denied.length > 0 || !denied.has(cue.present[0] ?? '')),
  )
  if (firing.length === 0) return 'nothing'
  if (isDoubtful) return 'unsure'
  // "Sonde daftar itu, beta mau …": what is denied first may not be what is spoken of then.
  const denialStands = !concepts.loose && !concepts.turns
  const sure = firing.some(
    (cue) => (cue.denied.length === 0 || denialStands) && isSure([...cue.present, ...cue.denied], concepts),
  )
  return sure ? 'sure' : 'unsure'
}

function lessonsOf(
  definitions: readonly IntentDefinition[],
  dictionary: Dictionary,
  findConcepts: ConceptFinder,
): readonly Lesson[] {
  const lessons = definitions.flatMap(({ examples }, label) =>
    examples.map((example): Lesson => {
      const concepts = findConcepts(dictionary.read(normalise(example).tokens))
      return { features: featuresOf(concepts), prior: priorOf(definitions, concepts), label }
    }),
  )
  return interleave(lessons)
}

/** Mixes the labels in a fixed order, since learning one label after the other would forget the first. */
function interleave(lessons: readonly Lesson[]): readonly Lesson[] {
  const stride = 37
  const length = lessons.length
  const step = [stride, stride + 4, stride + 6].find((size) => length % size !== 0) ?? 1
  return lessons.map((_, index) => lessons[(index * step) % length]).filter((lesson) => lesson !== undefined)
}

function priorOf(definitions: readonly IntentDefinition[], concepts: Concepts): readonly number[] {
  return definitions.map(({ cues }) =>
    cues.reduce((sum, cue) => sum + (fires(cue, concepts) ? cue.weight : 0), 0),
  )
}

function hasUnknownWord({ rest }: Concepts): boolean {
  return rest.some(({ known, surface }) => !known && surface.length >= UNKNOWN_LENGTH)
}

function isSure(names: readonly string[], { unsure, mixed }: Concepts): boolean {
  return !names.some((name) => unsure.has(name) || mixed.has(name))
}

function rank(definitions: readonly IntentDefinition[], scores: Float64Array): readonly RankedIntent[] {
  const shares = toShares(scores)
  return definitions
    .map(({ label }, index) => ({ intent: label, score: Math.round((shares[index] ?? 0) * 1_000) / 1_000 }))
    .sort((a, b) => b.score - a.score)
}

function decide(
  text: string,
  all: readonly RankedIntent[],
  supportOf: (intent: string) => Support,
): Understood {
  // Shares are taken before the harmful ones without support are shut out, so that what is left is not made surer by it.
  const ranked = all.filter(({ intent }) => supportOf(intent) !== 'nothing')
  const [first = { intent: OTHER, score: 0 }, second = first] = ranked
  const alternatives = ranked
    .slice(1)
    .filter((one) => one.score >= WORTH_NAMING && one.intent !== OTHER)
    .slice(0, MOST_ALTERNATIVES)
  if (first.intent !== OTHER && first.score < LEAST) {
    const share = ranked.find(({ intent }) => intent === OTHER)?.score ?? 0
    return { text, intent: OTHER, score: share, alternatives: [first], decision: 'none' }
  }
  const understood = { text, intent: first.intent, score: first.score, alternatives }
  if (first.intent === OTHER) return { ...understood, decision: 'none' }
  const clear = first.score >= SURE && first.score - second.score >= MARGIN
  return { ...understood, decision: clear && supportOf(first.intent) === 'sure' ? 'act' : 'ask' }
}
