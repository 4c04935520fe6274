import { stripAffixes } from '../../language/affixes.ts'
import { normalise } from '../../language/normalise.ts'
import { DENIALS } from '../../language/word-tables.ts'
import type { TrainingWords } from '../training-words.ts'
import type { BrowseWords } from './browse-words.ts'
import { isOneOf, isWord, type SaidWord } from './read-words.ts'

/** Something that a sentence says a course is about: subjects that go by such words, and the words. */
export interface Topic {
  readonly subjects: ReadonlySet<string>
  readonly words: readonly SaidWord[]
  /** Whether it is called a course: "kursus las". */
  readonly isCourse: boolean
}

/** What a sentence says is wanted of courses, and what is not. */
export interface SaidTopics {
  readonly topics: readonly Topic[]
  readonly unwanted: readonly Topic[]
}

/** What courses go by: the subjects with their words, and the words of each title. */
export interface CourseNames {
  readonly subjects: readonly { readonly code: string; readonly phrase: readonly string[] }[]
  readonly titles: readonly (readonly string[])[]
}

type Reading = BrowseWords['reading']

const SHORTEST_ROOT = 4
const NUMERAL = /^(?:\d+|[ivx]+)$/

/** The names of courses, in words as they are compared. */
export function namesOf(
  { subjects }: Pick<TrainingWords, 'subjects'>,
  titles: readonly string[],
): CourseNames {
  const phrases = Object.entries(subjects).flatMap(([code, { title, words }]) =>
    [title, ...words].map((name) => ({ code, phrase: normalise(name).tokens })),
  )
  return { subjects: phrases, titles: titles.map((title) => normalise(title).tokens) }
}

/** Whether a word of a sentence is this word of a subject or a title, with whatever affixes. */
export function means(said: SaidWord, token: string): boolean {
  if (isWord(said, token)) return true
  const [root, derived] = said.word.length < token.length ? [said.word, token] : [token, said.word]
  // All but the first letter of a root stays as it is under affixes: most pairs need no closer look.
  if (root.length < SHORTEST_ROOT || !derived.includes(root.slice(1))) return false
  return stripAffixes(derived, (candidate) => candidate === root) !== undefined
}

/** Reads what courses are to be about, and takes the words. Longer names count ahead of the shorter ones in them: "las listrik". */
export function readTopics(said: readonly SaidWord[], names: CourseNames, reading: Reading): SaidTopics {
  const { fillers, training } = reading
  // "Lanjutan" says more than "lanjut": a word that means nothing may be the root of one that does.
  const isFiller = ({ surface, word }: SaidWord) => fillers.has(surface) || fillers.has(word)
  const isNothing = (word: SaidWord) => word.taken || isFiller(word) || isOneOf(word, training)
  const topics: Topic[] = []
  const unwanted: Topic[] = []
  for (let at = 0; at < said.length; at++) {
    const fitting = names.subjects.filter(({ phrase }) => standsAt(said, at, phrase, isNothing))
    const length = Math.max(0, ...fitting.map(({ phrase }) => phrase.length))
    const subjects = new Set(fitting.filter(({ phrase }) => phrase.length === length).map(({ code }) => code))
    const word = said[at]
    if (word === undefined || (length === 0 && (isNothing(word) || !isOfTitle(said, at, names)))) continue
    const part = said.slice(at, at + Math.max(1, length))
    for (const one of part) one.taken = true
    const list = isUnwanted(said.slice(0, at), reading) ? unwanted : topics
    const before = said[at - 1]
    const isCourse = before !== undefined && isOneOf(before, training)
    list.push({ subjects, words: part, isCourse })
    at += part.length - 1
  }
  return { topics, unwanted }
}

function standsAt(
  said: readonly SaidWord[],
  at: number,
  phrase: readonly string[],
  isNothing: (word: SaidWord) => boolean,
): boolean {
  return phrase.every((token, step) => {
    const word = said[at + step]
    if (word === undefined || word.taken) return false
    return means(word, token) && (phrase.length > 1 || !isNothing(word))
  })
}

/** A number says something only behind the word that it follows in the title: "angkatan 2". */
function isOfTitle(said: readonly SaidWord[], at: number, { titles }: CourseNames): boolean {
  const word = said[at]
  const before = said[at - 1]
  if (word === undefined) return false
  if (!NUMERAL.test(word.surface)) return titles.some((title) => title.some((token) => means(word, token)))
  const follows = (title: readonly string[], step: number) =>
    before !== undefined && means(before, title[step - 1] ?? '')
  return titles.some((title) => title.some((token, step) => token === word.surface && follows(title, step)))
}

/** "Selain menjahit", "bukan kursus yang dasar", "sonde mau masak". */
function isUnwanted(before: readonly SaidWord[], { training, between, except, unwanted }: Reading): boolean {
  const telling = before.filter((word) => !isOneOf(word, training) && !isOneOf(word, between))
  const last = telling.at(-1)
  const denial = telling.at(-2)
  if (last === undefined) return false
  return (
    isOneOf(last, except) || (denial !== undefined && isOneOf(denial, DENIALS) && isOneOf(last, unwanted))
  )
}
