import { type ConceptFinder, type Concepts, createConceptFinder } from './concepts.ts'
import { fires } from './cues.ts'
import type { Dictionary } from './dictionary.ts'
import { featuresOf } from './features.ts'
import { type IntentDefinition, type Intents, OTHER } from './intents.ts'
import { type Lesson, learn, score, toShares } from './learn.ts'
import { normalise } from './normalise.ts'

/** How sure one intent is, from 0 to 1. */
export interface RankedIntent {
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

const SURE = 0.6
const LEAST = 0.3
const MARGIN = 0.25
const WORTH_NAMING = 0.1
const MOST_ALTERNATIVES = 3
const LONGEST = 2_000

/** Builds the function that understands free texts: learns from the examples once, then only looks up. */
export function createUnderstanding(intents: Intents, dictionary: Dictionary): (text: string) => Understood {
  const findConcepts = createConceptFinder(intents.concepts, dictionary)
  const { definitions } = intents
  const weights = learn(lessonsOf(definitions, dictionary, findConcepts), definitions.length)
  return (text) => {
    const { tokens, text: folded } = normalise(text.slice(0, LONGEST))
    const alone = definitions.find((definition) => definition.alone.has(folded))
    if (alone !== undefined) return { text, intent: alone.label, score: 1, alternatives: [], decision: 'act' }
    const concepts = findConcepts(dictionary.read(tokens))
    if (concepts.said.size === 0) return { text, intent: OTHER, score: 0, alternatives: [], decision: 'none' }
    const scores = score(weights, featuresOf(concepts), priorOf(definitions, concepts))
    const ranked = rank(definitions, allowed(definitions, concepts, scores))
    return decide(text, ranked)
  }
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

/** Shuts out harmful intents that nothing sure speaks for. */
function allowed(
  definitions: readonly IntentDefinition[],
  concepts: Concepts,
  scores: Float64Array,
): Float64Array {
  return scores.map((score, index) => {
    const { destructive = false, needs = [] } = definitions[index] ?? {}
    const shut = destructive && !needs.some((cue) => fires(cue, concepts) && isSure(cue.present, concepts))
    return shut ? Number.NEGATIVE_INFINITY : score
  })
}

function isSure(names: readonly string[], { unsure }: Concepts): boolean {
  return !names.some((name) => unsure.has(name))
}

function rank(definitions: readonly IntentDefinition[], scores: Float64Array): readonly RankedIntent[] {
  const shares = toShares(scores)
  return definitions
    .map(({ label }, index) => ({ intent: label, score: Math.round((shares[index] ?? 0) * 1_000) / 1_000 }))
    .sort((a, b) => b.score - a.score)
}

function decide(text: string, ranked: readonly RankedIntent[]): Understood {
  const [first = { intent: OTHER, score: 0 }, second = first] = ranked
  const alternatives = ranked
    .slice(1)
    .filter((one) => one.score >= WORTH_NAMING && one.intent !== OTHER)
    .slice(0, MOST_ALTERNATIVES)
  const understood = { text, intent: first.intent, score: first.score, alternatives }
  if (first.intent === OTHER) return { ...understood, decision: 'none' }
  if (first.score >= SURE && first.score - second.score >= MARGIN) return { ...understood, decision: 'act' }
  if (first.score < LEAST) return { ...understood, decision: 'none' }
  return { ...understood, decision: 'ask' }
}
