import { type ConceptLists, type Concepts, createConceptFinder } from './concepts.ts'
import { type Cue, fires } from './cues.ts'
import type { Dictionary } from './dictionary.ts'
import { normalise } from './normalise.ts'

/** Something a sentence speaks of within its intent, such as the amounts within "who gets PKH". */
export interface TopicDefinition {
  readonly name: string
  /** The intents within which it counts. */
  readonly of: ReadonlySet<string>
  readonly when: readonly Cue[]
  /** Sentences that mean it word for word. */
  readonly alone: ReadonlySet<string>
}

/** The topics in their order, and the words they are recognised by. */
export interface Topics {
  readonly definitions: readonly TopicDefinition[]
  readonly lists: ConceptLists
  /** A word of no list after one of `after` is a person's name and counts as `concept`. */
  readonly names: { readonly concept: string; readonly after: ReadonlySet<string> }
}

const LONGEST = 2_000
const SHORTEST_NAME = 3

/** Builds the function that finds the topic of a text within the intent it was taken for; the first that fits. */
export function createTopicFinder(
  { definitions, lists, names }: Topics,
  dictionary: Dictionary,
  problems: string[],
): (text: string, intent: string) => string | undefined {
  const findConcepts = createConceptFinder(lists, dictionary, problems)
  const saysName = (tokens: readonly string[]) =>
    tokens.some((token, index) => names.after.has(tokens[index - 1] ?? '') && isName(token, dictionary))
  return (text, intent) => {
    const { tokens, text: folded } = normalise(text.slice(0, LONGEST))
    const within = definitions.filter(({ of }) => of.has(intent))
    if (within.length === 0) return undefined
    const concepts = withName(findConcepts(dictionary.read(tokens)), saysName(tokens), names.concept)
    return within.find(({ when, alone }) => alone.has(folded) || when.some((cue) => fires(cue, concepts)))
      ?.name
  }
}

function isName(token: string, dictionary: Dictionary): boolean {
  if (token.length < SHORTEST_NAME || !/^[a-z]+$/.test(token) || dictionary.isReal(token)) return false
  return dictionary.read([token]).every(({ known, typo }) => !known || typo > 0)
}

function withName(concepts: Concepts, saysName: boolean, concept: string): Concepts {
  return saysName ? { ...concepts, said: new Set([...concepts.said, concept]) } : concepts
}
