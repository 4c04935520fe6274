import { parseNumber, parsePrice } from './amount.ts'
import { parseClassCode } from './attendance-code.ts'
import { parseBirth } from './birth.ts'
import { parseClaimCode } from './claim-code.ts'
import { createConceptFinder } from './concepts.ts'
import { parseBirthDate, parseDate } from './date.ts'
import { createDialectOf, type Dialect } from './dialect.ts'
import { createDictionary } from './dictionary.ts'
import { readIntents } from './intents.ts'
import { parseKelurahan } from './kelurahan.ts'
import { createOptionMatcher, type OptionMatch } from './match-option.ts'
import { createWordMatcher } from './match-words.ts'
import { parseNik, parseNikTail } from './nik.ts'
import { type Normalised, normalise } from './normalise.ts'
import { type AnswerKind, type Parsed, problem } from './parsed.ts'
import { parsePhone } from './phone.ts'
import { createPlaces, type Places } from './places.ts'
import { createTopicFinder } from './topics.ts'
import { createUnderstanding, type Understood } from './understand.ts'
import type { Word } from './word.ts'
import { readWordTables } from './word-tables.ts'
import { parseYesNo } from './yes-no.ts'

/** The texts of the files that say what people write: tables of `flows/language/`, and `flows/intents.yaml`. */
export interface LanguageSources {
  readonly kelurahan: string
  readonly kelurahanAliases: string
  readonly kupangMalay: string
  readonly abbreviations: string
  readonly lexicon: string
  readonly intents: string
}

/** Everything the bot knows of what people write. Pure: the same input gives the same output. */
export interface Language {
  readonly places: Places
  /** The labels of `intents.yaml`, `other` included. */
  readonly intents: readonly string[]
  /** The topics of `intents.yaml`. */
  readonly topics: readonly string[]
  normalise(text: string): Normalised
  /** Whether a text is in Kupang Malay or in Indonesian; undefined where it does not tell, as a number or a name. */
  dialectOf(text: string): Dialect | undefined
  /** The words of a text, at most 80: shorthand and Kupang Malay in Indonesian, typing errors forgiven. */
  words(text: string): readonly Word[]
  understand(text: string): Understood
  /** What an understood text speaks of within its intent, if that is worth an answer of its own. */
  topicOf(understood: Understood): string | undefined
  matchOption(text: string, labels: readonly string[]): OptionMatch
  /** The indexes of the words and phrases that are all a short text says ("adik saya", "iya mau"); none when it says more. */
  matchWords(text: string, phrases: readonly string[]): readonly number[]
  /** Reads an answer of a kind. `now` is what relative dates and short years are counted from. */
  parse(kind: AnswerKind, text: string, context: { readonly now: Date }): Parsed
}

/** Builds the language from its tables. Throws one Error that lists everything wrong with them. */
export function createLanguage(sources: LanguageSources): Language {
  const problems: string[] = []
  const places = createPlaces(sources.kelurahan, sources.kelurahanAliases, problems)
  const tables = readWordTables(sources, problems)
  const intents = readIntents(sources.intents, problems)
  const dictionary = createDictionary(tables, intents)
  const findConcepts = createConceptFinder(intents, dictionary, problems)
  const findTopic = createTopicFinder(intents.topics, dictionary, problems)
  if (problems.length > 0) throw new Error(`the language tables are broken:\n${problems.join('\n')}`)
  return {
    places,
    intents: intents.labels,
    topics: intents.topics.definitions.map(({ name }) => name),
    normalise,
    dialectOf: createDialectOf(
      tables,
      (word) => intents.conceptWords.has(word) || tables.roots.has(word) || tables.realWords.has(word),
    ),
    words: (text) => dictionary.read(normalise(text).tokens),
    topicOf: ({ text, intent }) => findTopic(text, intent),
    understand: createUnderstanding(intents, dictionary, findConcepts),
    matchOption: createOptionMatcher(dictionary),
    matchWords: createWordMatcher(dictionary),
    parse: (kind, text, { now }) => parseAnswer(kind, text, { now, places }),
  }
}

function parseAnswer(kind: AnswerKind, text: string, context: { now: Date; places: Places }): Parsed {
  switch (kind) {
    case 'text':
      return parseText(text)
    case 'number':
      return parseNumber(text)
    case 'price':
      return parsePrice(text)
    case 'birth_date':
      return parseBirthDate(text, context.now)
    case 'birth':
      return parseBirth(text, context.now)
    case 'date':
      return parseDate(text, context.now)
    case 'phone':
      return parsePhone(text)
    case 'yes_no':
      return parseYesNo(text)
    case 'kelurahan':
      return parseKelurahan(text, context.places)
    case 'nik':
      return parseNik(text)
    case 'nik_tail':
      return parseNikTail(text)
    case 'claim_code':
      return parseClaimCode(text)
    case 'class_code':
      return parseClassCode(text)
  }
}

/** Keeps the text as the person wrote it, without what cannot be seen. */
function parseText(text: string): Parsed {
  const clean = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[^\P{Cc}\n]|[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  return clean === '' ? problem('text.empty') : { type: 'value', value: clean, label: clean }
}
