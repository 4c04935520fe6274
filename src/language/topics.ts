import { type ConceptLists, createConceptFinder } from './concepts.ts'
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

/** What is told by the word before it. */
interface Following {
  readonly concept: string
  readonly after: ReadonlySet<string>
}

/** The topics in their order, and the words they are recognised by. */
export interface Topics {
  readonly definitions: readonly TopicDefinition[]
  readonly lists: ConceptLists
  /** A word of no list after one of `after` is a person's name and counts as `concept`. */
  readonly names: Following
  /** A short number after one of `after` is that of a ticket and counts as `concept`. */
  readonly numbers: Following
}

const LONGEST = 2_000
const SHORTEST_NAME = 3
const TICKET_NUMBER = /^\d{1,6}$/

/** Builds the function that finds the topic of a text within the intent it was taken for; the first that fits. */
export function createTopicFinder(
  { definitions, lists, names, numbers }: Topics,
  dictionary: Dictionary,
  problems: string[],
): (text: string, intent: string) => string | undefined {
  const findConcepts = createConceptFinder(lists, dictionary, problems)
  const says = (tokens: readonly string[], { after }: Following, fits: (token: string) => boolean) =>
    tokens.some((token, index) => after.has(tokens[index - 1] ?? '') && fits(token))
  return (text, intent) => {
    const { tokens, text: folded } = normalise(text.slice(0, LONGEST))
    const within = definitions.filter(({ of }) => of.has(intent))
    if (within.length === 0) return undefined
    const found = findConcepts(dictionary.read(tokens))
    const told = [
      ...(says(tokens, names, (token) => isName(token, dictionary)) ? [names.concept] : []),
      ...(says(tokens, numbers, isTicketNumber) ? [numbers.concept] : []),
    ]
    const concepts = { ...found, said: new Set([...found.said, ...told]) }
    return within.find(({ when, alone }) => alone.has(folded) || when.some((cue) => fires(cue, concepts)))
      ?.name
  }
}

function isName(token: string, dictionary: Dictionary): boolean {
  if (token.length < SHORTEST_NAME || !/^[a-z]+$/.test(token) || dictionary.isReal(token)) return false
  return dictionary.read([token]).every(({ known, typo }) => !known || typo > 0)
}

function isTicketNumber(token: string): boolean {
  return TICKET_NUMBER.test(token)
}
