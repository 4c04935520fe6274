import { parse } from 'yaml'
import { z } from 'zod'
import { derivedForms } from './affixes.ts'
import type { ConceptLists } from './concepts.ts'
import { type Cue, readCue } from './cues.ts'
import type { Topics } from './topics.ts'
import type { IntentWords } from './word.ts'

/** The label of what is none of the bot's business, and of what was not understood. */
export const OTHER = 'other'

/** One intent of `intents.yaml`. */
export interface IntentDefinition {
  readonly label: string
  readonly examples: readonly string[]
  readonly cues: readonly Cue[]
  /** Whether it does harm when mistaken; then one of `needs` must fire. */
  readonly destructive: boolean
  readonly needs: readonly Cue[]
  /** What would make it another intent: where it is said, or a word of it may be mistyped, the bot asks before it acts. */
  readonly beware: { readonly concepts: readonly string[]; readonly words: ReadonlySet<string> }
  /** Words that alone mean this intent at once. */
  readonly alone: ReadonlySet<string>
}

/** The intents, and the concepts their cues are made of. */
export interface Intents extends ConceptLists, IntentWords {
  readonly labels: readonly string[]
  readonly definitions: readonly IntentDefinition[]
  readonly topics: Topics
}

const PHRASE_WORD = 4
const phrase = z.coerce.string().min(1)
const schema = z.strictObject({
  courtesies: z.array(z.string()).default([]),
  concepts: z.record(z.string().regex(/^\w+$/), z.array(phrase).min(1)),
  /** Groups of words that only topics look at: the intents are learnt without them. */
  topic_concepts: z.record(z.string().regex(/^\w+$/), z.array(phrase).min(1)).default({}),
  names: z
    .strictObject({ concept: z.string().regex(/^\w+$/), after: z.array(z.string()) })
    .default({ concept: 'name', after: [] }),
  numbers: z
    .strictObject({ concept: z.string().regex(/^\w+$/), after: z.array(z.string()) })
    .default({ concept: 'number', after: [] }),
  things: z
    .strictObject({
      concept: z.string().regex(/^\w+$/),
      most: z.int().positive(),
      beside: z.array(z.string()),
      except: z.array(z.string()),
    })
    .default({ concept: 'thing', most: 1, beside: [], except: [] }),
  prices: z
    .strictObject({ concept: z.string().regex(/^\w+$/), least: z.number().positive() })
    .default({ concept: 'price', least: 1 }),
  topics: z
    .record(
      z.string().regex(/^\w+$/),
      z.strictObject({
        of: z.array(z.string()).min(1),
        when: z.array(z.string()).default([]),
        alone: z.array(phrase).default([]),
      }),
    )
    .default({}),
  intents: z.record(
    z.string().regex(/^\w+$/),
    z.strictObject({
      examples: z.array(phrase).min(1),
      cues: z.record(z.string(), z.number()).default({}),
      destructive: z.boolean().default(false),
      needs: z.array(z.string()).default([]),
      beware: z.array(z.string()).default([]),
      alone: z.array(phrase).default([]),
    }),
  ),
})
const NOTHING: Intents = {
  labels: [],
  definitions: [],
  concepts: {},
  conceptWords: new Set(),
  phraseWords: new Set(),
  courtesies: [],
  topics: {
    definitions: [],
    lists: { concepts: {}, courtesies: [] },
    names: { concept: '', after: new Set() },
    numbers: { concept: '', after: new Set() },
    things: { concept: '', most: 0, beside: new Set(), except: new Set() },
    prices: { concept: '', least: 1 },
  },
}

/** Reads the text of `intents.yaml`; what is wrong with it goes to `problems`. */
export function readIntents(yaml: string, problems: string[]): Intents {
  const file = schema.safeParse(parseYaml(yaml, problems))
  if (!file.success) {
    for (const { path, message } of file.error.issues)
      problems.push(`intents.yaml: ${path.join('.')}: ${message}`)
    return NOTHING
  }
  const { concepts, intents, courtesies } = file.data
  const names = new Set(Object.keys(concepts))
  const definitions = Object.entries(intents).map(([label, intent]) => ({
    label,
    examples: intent.examples,
    cues: Object.entries(intent.cues).map(([cue, weight]) => readCue(cue, weight, names, problems)),
    destructive: intent.destructive,
    needs: intent.needs.map((cue) => readCue(cue, 0, names, problems)),
    beware: { concepts: intent.beware, words: wordsToBeware(intent, concepts, problems) },
    alone: new Set(intent.alone),
  }))
  findClashes(definitions, problems)
  for (const name of courtesies.filter((one) => !names.has(one))) {
    problems.push(`intents.yaml: courtesies: there is no concept "${name}"`)
  }
  const conceptWords = new Set(Object.values(concepts).flatMap(singleWords))
  const phraseWords = new Set(Object.values(concepts).flatMap(wordsOfPhrases))
  const topics = readTopics(file.data, problems)
  const labels = definitions.map(({ label }) => label)
  return { labels, definitions, concepts, conceptWords, phraseWords, courtesies, topics }
}

function readTopics(file: z.infer<typeof schema>, problems: string[]): Topics {
  const { concepts, courtesies, topic_concepts, names, numbers, things, prices, topics, intents } = file
  const known = new Set([
    ...Object.keys(concepts),
    ...Object.keys(topic_concepts),
    names.concept,
    numbers.concept,
    things.concept,
    prices.concept,
  ])
  for (const name of things.beside.filter((one) => !known.has(one))) {
    problems.push(`intents.yaml: things: there is no concept "${name}"`)
  }
  const definitions = Object.entries(topics).map(([name, { of, when, alone }]) => {
    for (const label of of.filter((one) => intents[one] === undefined)) {
      problems.push(`intents.yaml: topics.${name}: there is no intent "${label}"`)
    }
    const cues = when.map((cue) => readCue(cue, 0, known, problems))
    return { name, of: new Set(of), when: cues, alone: new Set(alone) }
  })
  return {
    definitions,
    lists: { concepts: { ...concepts, ...topic_concepts }, courtesies },
    names: { concept: names.concept, after: new Set(names.after) },
    numbers: { concept: numbers.concept, after: new Set(numbers.after) },
    things: { ...things, beside: new Set(things.beside), except: new Set(things.except) },
    prices,
  }
}

function parseYaml(yaml: string, problems: string[]): unknown {
  try {
    return parse(yaml)
  } catch (error) {
    problems.push(`intents.yaml: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

/** The words of the concepts to beware of, without those that the intent itself is recognised by. */
function wordsToBeware(
  { beware, cues }: { readonly beware: readonly string[]; readonly cues: Readonly<Record<string, number>> },
  concepts: Readonly<Record<string, readonly string[]>>,
  problems: string[],
): ReadonlySet<string> {
  for (const name of beware.filter((one) => concepts[one] === undefined)) {
    problems.push(`intents.yaml: beware: there is no concept "${name}"`)
  }
  const wordsOf = (names: readonly string[]) =>
    names.flatMap((name) => concepts[name] ?? []).flatMap((entry) => [entry, ...wordsOfPhrases([entry])])
  const present = Object.entries(cues)
    .filter(([, weight]) => weight > 0)
    .flatMap(([cue]) => cue.split(/[\s+]+/).filter((part) => /^\w/.test(part)))
  const own = new Set(wordsOf(present))
  const single = wordsOf(beware).filter((word) => !own.has(word) && !word.includes(' '))
  return new Set(single.flatMap((word) => [word, ...derivedForms(word)]))
}

function singleWords(entries: readonly string[]): readonly string[] {
  return entries.filter((entry) => !entry.includes(' '))
}

function wordsOfPhrases(entries: readonly string[]): readonly string[] {
  return entries
    .filter((entry) => entry.includes(' '))
    .flatMap((entry) => entry.split(' '))
    .filter((word) => word.length >= PHRASE_WORD)
}

function findClashes(definitions: readonly IntentDefinition[], problems: string[]): void {
  if (!definitions.some(({ label }) => label === OTHER))
    problems.push(`intents.yaml: the intent "${OTHER}" is missing`)
  const owners = new Map<string, string>()
  for (const { label, examples, destructive, needs } of definitions) {
    if (destructive && needs.length === 0)
      problems.push(`intents.yaml: ${label}: destructive, so it must say what it needs`)
    for (const example of examples) {
      const owner = owners.get(example.toLowerCase())
      if (owner !== undefined)
        problems.push(`intents.yaml: "${example}" is an example of both ${owner} and ${label}`)
      owners.set(example.toLowerCase(), label)
    }
  }
}
