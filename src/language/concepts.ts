import type { Dictionary } from './dictionary.ts'
import type { Word } from './word.ts'
import { DENIALS } from './word-tables.ts'

/** What a sentence speaks of. `said` holds every concept in it; `denied` those that a "tidak" stands before. */
export interface Concepts {
  readonly said: ReadonlySet<string>
  readonly denied: ReadonlySet<string>
  /** Concepts, not among the denied, that one part of the sentence denies and another does not: "sonde daftar bansos, mau daftar kursus". */
  readonly mixed: ReadonlySet<string>
  /** Concepts that were recognised only through more than one typing error. */
  readonly unsure: ReadonlySet<string>
  /** The words that belong to no concept. */
  readonly rest: readonly Word[]
  /** Whether a "tidak" denies a word that could not be read for sure. */
  readonly loose: boolean
  /** Whether a wish follows what is denied: "sonde …, beta mau …". */
  readonly turns: boolean
  /** Whether it asks for a yes or a no ("... ko sonde?"). */
  readonly asks: boolean
}

/** The words and phrases of each concept, and the names of those that are mere politeness. */
export interface ConceptLists {
  readonly concepts: Readonly<Record<string, readonly string[]>>
  readonly courtesies: readonly string[]
}

/** Finds the concepts of sentences. */
export type ConceptFinder = (words: readonly Word[]) => Concepts

const QUESTION_WORDS = new Set('apakah atau'.split(' '))
const OWNERS = new Set('saya aku kita kami dia mereka kamu punya ibu bapak'.split(' '))
// Where a new clause begins, a "tidak" before it says nothing any more.
const BREAKS = new Set('sudah tetapi tapi karena supaya tolong padahal jadi'.split(' '))
// "Sonde daftar itu, beta mau …": who speaks and what is wanted begin a clause too.
const SPEAKERS = new Set('saya aku kita kami'.split(' '))
const WISHES = new Set('mau ingin tetap masih hanya cuma'.split(' '))
// How many words a "tidak" reaches over.
const REACH = 3

/** A phrase of a concept, as the roots of its words. */
interface Phrase {
  readonly words: readonly string[]
  readonly concept: string
}

/** Builds the finder from the concepts' words and phrases. */
export function createConceptFinder(
  { concepts, courtesies }: ConceptLists,
  dictionary: Dictionary,
  problems: string[],
): ConceptFinder {
  const single = new Map<string, string[]>()
  const phrases = new Map<string, Phrase[]>()
  for (const [concept, entries] of Object.entries(concepts)) {
    for (const entry of entries) {
      if (!entry.includes(' ')) {
        push(single, entry, concept)
        continue
      }
      const words = dictionary.read(entry.split(' ')).map(({ root }) => root)
      const [first, second] = words
      if (first !== undefined && second !== undefined) push(phrases, first, { words, concept })
      else
        problems.push(`intents.yaml: concepts.${concept}: "${entry}" comes down to one word; write that word`)
    }
  }
  return (words) => withoutCourtesies(find(words, single, phrases, new Set(courtesies)), courtesies)
}

/** A greeting before a request is no part of it. */
function withoutCourtesies(found: Concepts, courtesies: readonly string[]): Concepts {
  const said = [...found.said].filter((name) => !courtesies.includes(name))
  return said.length === 0 ? found : { ...found, said: new Set(said) }
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const items = map.get(key)
  if (items === undefined) map.set(key, [item])
  else items.push(item)
}

function find(
  words: readonly Word[],
  single: ReadonlyMap<string, readonly string[]>,
  phrases: ReadonlyMap<string, readonly Phrase[]>,
  courtesies: ReadonlySet<string>,
): Concepts {
  const said = new Set<string>()
  const denied = new Set<string>()
  const affirmed = new Set<string>()
  const sure = new Set<string>()
  const rest: Word[] = []
  let reach = 0
  let politeUntil = 0
  let asks = false
  let loose = false
  let turns = false
  let hasDenied = false
  for (const [index, word] of words.entries()) {
    const whole = phrasesAt(words, index, phrases)
    const fitting = whole.map(({ concept }) => concept)
    // "Terima kasih atas bantuannya" receives no assistance.
    const polite = whole.find(({ concept }) => courtesies.has(concept))
    if (polite !== undefined) politeUntil = index + polite.words.length
    const alone = index < politeUntil ? [] : (single.get(word.word) ?? single.get(word.root) ?? [])
    const names = [...alone, ...fitting]
    for (const name of names) {
      said.add(name)
      if (reach > 0 && !fitting.includes(name)) denied.add(name)
      else affirmed.add(name)
      if (word.typo <= 1) sure.add(name)
    }
    const denies = DENIALS.has(word.word)
    if (beginsClause(words, index)) reach = 0
    if (hasDenied && beginsWish(words, index)) turns = true
    if (denies && isQuestionTag(words, index)) asks = true
    else if (denies) reach = REACH + 1
    if (denies && reach > 0) hasDenied = true
    if (QUESTION_WORDS.has(word.word)) asks = true
    if (names.length === 0) rest.push(word)
    if (names.length === 0 && reach > 0 && (!word.known || word.typo > 0)) loose = true
    // "Tidak mau data saya disimpan": whose it is takes nothing from the reach.
    if (!OWNERS.has(word.word)) reach -= 1
  }
  const mixed = new Set([...denied].filter((name) => affirmed.has(name)))
  for (const name of mixed) denied.delete(name)
  return {
    said,
    denied,
    mixed,
    unsure: new Set([...said].filter((name) => !sure.has(name))),
    rest,
    loose,
    turns,
    asks,
  }
}

function beginsClause(words: readonly Word[], index: number): boolean {
  if (beginsWish(words, index)) return true
  return BREAKS.has(words[index]?.word ?? '') && words[index - 1]?.word !== 'tidak'
}

function beginsWish(words: readonly Word[], index: number): boolean {
  const before = words[index - 1]?.word ?? ''
  return (
    SPEAKERS.has(words[index]?.word ?? '') && WISHES.has(words[index + 1]?.word ?? '') && !DENIALS.has(before)
  )
}

function phrasesAt(
  words: readonly Word[],
  index: number,
  phrases: ReadonlyMap<string, readonly Phrase[]>,
): readonly Phrase[] {
  const starting = phrases.get(words[index]?.root ?? '') ?? []
  return starting.filter((phrase) =>
    phrase.words.every((root, offset) => words[index + offset]?.root === root),
  )
}

/** "Dapat bansos tidak?" and "… ko sonde?" ask; they deny nothing. */
function isQuestionTag(words: readonly Word[], index: number): boolean {
  return index === words.length - 1 || words[index - 1]?.word === 'atau'
}
