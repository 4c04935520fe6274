import { createConceptFinder } from '../../src/language/concepts.ts'
import { createDictionary } from '../../src/language/dictionary.ts'
import { type Intents, readIntents } from '../../src/language/intents.ts'
import type { LanguageSources } from '../../src/language/language.ts'
import { createUnderstanding } from '../../src/language/understand.ts'
import { readWordTables } from '../../src/language/word-tables.ts'
import type { Classifier, Example } from './classifier.ts'

/** Lopo's own understanding, learning from the given examples in place of those of `intents.yaml`. */
export interface LopoClassifier extends Classifier {
  /** The examples of `intents.yaml`. */
  readonly examples: readonly Example[]
  /** The roots of the words of a sentence, to tell sentences that differ in form only. */
  rootsOf(text: string): readonly string[]
}

/** Reads the tables once; `train` then costs what learning costs. Without `cues`, all it knows of an intent is its examples. */
export function createLopoClassifier(sources: LanguageSources, cues = true): LopoClassifier {
  const problems: string[] = []
  const read = readIntents(sources.intents, problems)
  const definitions = read.definitions.map((one) => (cues ? one : { ...one, cues: [] }))
  const intents = { ...read, definitions }
  const dictionary = createDictionary(readWordTables(sources, problems), intents)
  const findConcepts = createConceptFinder(intents, dictionary, problems)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return {
    name: cues ? 'Lopo' : 'Lopo without cues',
    examples: intents.definitions.flatMap(({ label, examples }) => examples.map((text) => ({ text, label }))),
    rootsOf: (text) =>
      dictionary.read(text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []).map(({ root }) => root),
    async train(examples) {
      const understand = createUnderstanding(withExamples(intents, examples), dictionary, findConcepts)
      return (text) => {
        const { decision, intent, alternatives } = understand(text)
        const acts = decision === 'act' || (decision === 'none' && intent === 'other') ? intent : undefined
        const [second] = alternatives
        return { acts, first: intent, offers: [intent, ...(second === undefined ? [] : [second.intent])] }
      }
    },
  }
}

function withExamples(intents: Intents, examples: readonly Example[]): Intents {
  const byLabel = Map.groupBy(examples, ({ label }) => label)
  const definitions = intents.definitions.map((definition) => ({
    ...definition,
    examples: (byLabel.get(definition.label) ?? []).map(({ text }) => text),
  }))
  return { ...intents, definitions }
}
