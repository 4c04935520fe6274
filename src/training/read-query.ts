import { stripAffixes } from '../language/affixes.ts'
import type { Language } from '../language/language.ts'
import { normalise } from '../language/normalise.ts'
import type { Aspect, BrowseWords } from './browse-words.ts'
import { readAspects } from './read-aspects.ts'
import { createPlaceFinder, readPlace, wordsOfPlaces } from './read-place.ts'
import { type AskedTime, readTime } from './read-time.ts'
import { isOneOf, isWord, readWords, type SaidWord } from './read-words.ts'
import type { TrainingWords } from './training-words.ts'

/** Something that a sentence says a course is about: subjects that go by such words, and the words. */
export interface Topic {
  readonly subjects: ReadonlySet<string>
  readonly words: readonly SaidWord[]
}

/** What a sentence says of courses. */
export interface Query {
  readonly number: number | undefined
  readonly topics: readonly Topic[]
  /** What it says is not wanted. */
  readonly unwanted: readonly Topic[]
  /** Codes of kelurahan. */
  readonly places: ReadonlySet<string> | undefined
  readonly time: AskedTime | undefined
  readonly aspects: readonly Aspect[]
  /** Whether it names something that no course and no subject goes by. */
  readonly isElsewhere: boolean
}

/** What sentences are read by. */
export interface QueryDeps {
  readonly words: Pick<TrainingWords, 'subjects'>
  readonly texts: Pick<BrowseWords, 'reading' | 'aspects'>
  readonly language: Pick<Language, 'normalise' | 'words' | 'places'>
}

const COURSE_NUMBER = /^\d{1,6}$/
const SHORTEST_ROOT = 4
const SHORTEST_NAME = 3
/** How far behind a word such as "kursus" the name of one begins. */
const NAME_REACH = 3

/** Reads a sentence about courses; `titles` are those of all courses that it may be about. */
export function readQuery(deps: QueryDeps, sentence: string, titles: readonly string[], now: Date): Query {
  const { reading, aspects } = deps.texts
  const titleWords = new Set(
    titles.flatMap((title) => normalise(title).tokens).filter((word) => !reading.fillers.has(word)),
  )
  const said = readWords(deps.language, sentence, vocabularyOf(deps, titleWords))
  const time = readTime(said, reading, now)
  const places = readPlace(said, createPlaceFinder(deps.language.places), reading.lives_in)
  const { topics, unwanted } = readTopics(deps, said, titleWords)
  const isTraining = (word: SaidWord) => isOneOf(word, reading.training)
  const asked = readAspects(
    said.filter((word) => !isTraining(word)),
    aspects,
  )
  const number = readNumber(said, reading)
  const names = topics.length > 0 || number !== undefined || time !== undefined || places !== undefined
  const isElsewhere = !names && namesAnything(said, reading)
  return { number, topics, unwanted, places, time, aspects: asked, isElsewhere }
}

/** Whether a word of a sentence is this word of a subject or a title, with whatever affixes. */
export function means(said: SaidWord, token: string): boolean {
  if (isWord(said, token)) return true
  if (token.length < SHORTEST_ROOT || said.word.length < SHORTEST_ROOT) return false
  const isToken = (root: string) => root === token
  const isSaid = (root: string) => root === said.word
  return stripAffixes(said.word, isToken) !== undefined || stripAffixes(token, isSaid) !== undefined
}

/** Every word that a course, a place or a time goes by. */
function vocabularyOf(
  { words, texts, language }: QueryDeps,
  titleWords: ReadonlySet<string>,
): ReadonlySet<string> {
  const { fillers, training, as_written, months, weekdays } = texts.reading
  const named = [
    ...Object.values(words.subjects).flatMap((subject) => phrasesOf(subject).flat()),
    ...titleWords,
  ]
  const own = named.filter((word) => /[a-z]/.test(word) && !fillers.has(word) && !training.has(word))
  const fullMonths = months.flatMap((names) => names.filter(({ length }) => length > SHORTEST_ROOT))
  return new Set([...own, ...as_written, ...fullMonths, ...weekdays, ...wordsOfPlaces(language.places)])
}

function phrasesOf({ title, words }: TrainingWords['subjects'][string]): readonly (readonly string[])[] {
  return [title, ...words].map((phrase) => normalise(phrase).tokens)
}

/** What is wanted, and what is not; takes the words. Longer names count ahead of the shorter ones in them: "las listrik". */
function readTopics(
  { words, texts }: QueryDeps,
  said: readonly SaidWord[],
  titleWords: ReadonlySet<string>,
): Pick<Query, 'topics' | 'unwanted'> {
  const { fillers, training } = texts.reading
  // "Lanjutan" says more than "lanjut": a word that means nothing may be the root of one that does.
  const isFiller = ({ surface, word }: SaidWord) => fillers.has(surface) || fillers.has(word)
  const isNothing = (word: SaidWord) => word.taken || isFiller(word) || isOneOf(word, training)
  const names = Object.entries(words.subjects).flatMap(([code, subject]) =>
    phrasesOf(subject).map((phrase) => ({ code, phrase })),
  )
  const topics: Topic[] = []
  const unwanted: Topic[] = []
  for (let at = 0; at < said.length; at++) {
    const fitting = names.filter(({ phrase }) => standsAt(said, at, phrase, isNothing))
    const length = Math.max(0, ...fitting.map(({ phrase }) => phrase.length))
    const subjects = new Set(fitting.filter(({ phrase }) => phrase.length === length).map(({ code }) => code))
    const word = said[at]
    const isOfTitle =
      word !== undefined && !isNothing(word) && [...titleWords].some((token) => means(word, token))
    if (length === 0 && !isOfTitle) continue
    const part = said.slice(at, at + Math.max(1, length))
    for (const one of part) one.taken = true
    const list = isUnwanted(said, at, texts.reading) ? unwanted : topics
    list.push({ subjects, words: part })
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

/** "Selain menjahit", "bukan kursus las", "sonde mau masak". */
function isUnwanted(said: readonly SaidWord[], at: number, reading: BrowseWords['reading']): boolean {
  const before = said.slice(0, at).filter((word) => !isOneOf(word, reading.training))
  const [denial, last] = before.slice(-2).length === 2 ? before.slice(-2) : [undefined, before.at(-1)]
  if (last === undefined) return false
  if (isOneOf(last, reading.except)) return true
  return denial !== undefined && isWord(denial, 'tidak') && isOneOf(last, reading.unwanted)
}

/** The number of a course: behind a word such as "daftar", or at the front of a question that names nothing else. */
function readNumber(said: readonly SaidWord[], reading: BrowseWords['reading']): number | undefined {
  const isOnlyNumber = said.filter(({ surface }) => /^\d/.test(surface)).length === 1
  for (const [at, word] of said.entries()) {
    const before = said[at - 1]
    const after = said[at + 1]
    if (word.taken || !COURSE_NUMBER.test(word.surface)) continue
    if (after !== undefined && isOneOf(after, reading.number_not_before)) continue
    if (before !== undefined && isOneOf(before, reading.number_not_after)) continue
    const isCalled = before !== undefined && isOneOf(before, reading.number_after)
    const isFront = before === undefined && isOnlyNumber && !namesAnything(said, reading)
    if (isCalled || isFront) return Number(word.surface)
  }
  return undefined
}

/**
 * Whether a word that nothing was read out of names something to learn: behind a word such as "kursus", or anywhere in a sentence
 * without one. Elsewhere it may be anything, such as the name of whoever writes.
 */
function namesAnything(said: readonly SaidWord[], { fillers, training }: BrowseWords['reading']): boolean {
  const isTraining = (word: SaidWord) => isOneOf(word, training)
  const isCalled = said.some(isTraining)
  return said.some((word, at) => {
    const isName = !word.taken && word.word.length >= SHORTEST_NAME && /[a-z]/.test(word.word)
    if (!isName || isOneOf(word, fillers) || isTraining(word)) return false
    return !isCalled || said.slice(Math.max(0, at - NAME_REACH), at).some(isTraining)
  })
}
