import { type ConceptLists, type Concepts, createConceptFinder } from './concepts.ts'
import { type Cue, fires } from './cues.ts'
import type { Dictionary } from './dictionary.ts'
import { fold, normalise } from './normalise.ts'

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

/** What a word of no list counts as in a sentence of at most `most` words that besides speaks of nothing but `beside`. */
interface Things {
  readonly concept: string
  readonly most: number
  readonly beside: ReadonlySet<string>
  /** Words that name no thing, or none that is for sale. */
  readonly except: ReadonlySet<string>
}

/** What an amount written in figures counts as, from `least` on. */
interface Prices {
  readonly concept: string
  readonly least: number
}

/** The topics in their order, and the words they are recognised by. */
export interface Topics {
  readonly definitions: readonly TopicDefinition[]
  readonly lists: ConceptLists
  /** A word of no list after one of `after` is a person's name and counts as `concept`. */
  readonly names: Following
  /** A short number after one of `after` is that of a ticket and counts as `concept`. */
  readonly numbers: Following
  /** What a shop may sell, whatever it is called; never where something is asked. */
  readonly things: Things
  /** What may be a price; never where something is asked. */
  readonly prices: Prices
}

const LONGEST = 2_000
const SHORTEST_NAME = 3
const TICKET_NUMBER = /^\d{1,6}$/
// "500 gr" is no price, and neither is "0812…" or a NIK.
const FIGURES =
  /(?<![\d.,])(?:(?<!\p{L})|(?<=\brp))([1-9]\d{0,2}(?:[.,]\d{3}){1,2}|[1-9]\d{2,8})(?![.,]?\d)(?! *(?:kg|kilo|gr|gram|g|ml|l|liter|pcs|biji|buah|bungkus|lembar|ekor|botol|pak|orang|porsi)(?!\p{L}))/gu

/** Builds the function that finds the topic of a text within the intent it was taken for; the first that fits. */
export function createTopicFinder(
  { definitions, lists, names, numbers, things, prices }: Topics,
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
    const isAsked = found.asks || text.includes('?')
    const told = [
      ...(!isAsked && tokens.length <= things.most && namesThing(found, things) ? [things.concept] : []),
      ...(!isAsked && namesPrice(text, prices) ? [prices.concept] : []),
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

function namesThing({ said, rest }: Concepts, { beside, except }: Things): boolean {
  return (
    [...said].every((name) => beside.has(name)) &&
    rest.some(
      ({ word, root, surface }) =>
        surface.length >= SHORTEST_NAME &&
        /^[a-z]+$/.test(surface) &&
        ![surface, word, root].some((each) => except.has(each)),
    )
  )
}

function namesPrice(text: string, { least }: Prices): boolean {
  return [...fold(text.slice(0, LONGEST)).matchAll(FIGURES)].some(
    ([, figures = '']) => Number(figures.replace(/[.,]/g, '')) >= least,
  )
}

function isTicketNumber(token: string): boolean {
  return TICKET_NUMBER.test(token)
}
