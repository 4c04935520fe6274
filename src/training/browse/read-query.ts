import type { Language } from '../../language/language.ts'
import type { TrainingWords } from '../training-words.ts'
import type { Aspect, BrowseWords } from './browse-words.ts'
import { readAspects } from './read-aspects.ts'
import { createPlaceFinder, readPlace, wordsOfPlaces } from './read-place.ts'
import { type AskedTime, readTime } from './read-time.ts'
import { type CourseNames, namesOf, readTopics, type SaidTopics } from './read-topics.ts'
import { isOneOf, readWords, type SaidWord } from './read-words.ts'

/** What a sentence says of courses. */
export interface Query extends SaidTopics {
  readonly number: number | undefined
  /** Codes of kelurahan. */
  readonly places: ReadonlySet<string> | undefined
  readonly time: AskedTime | undefined
  readonly aspects: readonly Aspect[]
  /** Whether it names something that no course and no subject goes by. */
  readonly isElsewhere: boolean
}

/** What sentences are read by. */
interface QueryDeps {
  readonly words: Pick<TrainingWords, 'subjects'>
  readonly texts: Pick<BrowseWords, 'reading' | 'aspects'>
  readonly language: Pick<Language, 'normalise' | 'words' | 'places'>
}

type Reading = BrowseWords['reading']

const COURSE_NUMBER = /^\d{1,6}$/
const LONG_MONTH = 5
const SHORTEST_NAME = 3
/** How far behind a word such as "kursus" the name of one begins. */
const NAME_REACH = 3

/** Reads a sentence about courses; `titles` are those of all courses that it may be about. */
export function readQuery(
  { words, texts, language }: QueryDeps,
  sentence: string,
  titles: readonly string[],
  now: Date,
): Query {
  const { reading, aspects } = texts
  const names = namesOf(words, titles)
  const said = readWords(language, sentence, vocabularyOf(names, reading, language))
  const time = readTime(said, reading, now)
  const places = readPlace(said, createPlaceFinder(language.places), reading.lives_in)
  const asking = said.filter((word) => !isOneOf(word, reading.training))
  // "Daftar online" asks how to register, and names no subject.
  const subjectWords = new Set(names.subjects.flatMap(({ phrase }) => phrase))
  const early = readAspects(
    asking,
    aspects,
    (phrase) => phrase.length > 1 && phrase.some((word) => subjectWords.has(word)),
  )
  const { topics, unwanted } = readTopics(said, names, reading)
  const asked = [...new Set([...early, ...readAspects(asking, aspects)])]
  const number = readNumber(said, reading)
  const isNarrow = topics.length > 0 || [number, time, places].some((part) => part !== undefined)
  const isElsewhere = !isNarrow && namesAnything(said, reading)
  return { number, topics, unwanted, places, time, aspects: asked, isElsewhere }
}

/** Every word that a course, a place or a time goes by. */
function vocabularyOf(
  { subjects, titles }: CourseNames,
  { fillers, training, as_written, months, weekdays }: Reading,
  { places }: Pick<Language, 'places'>,
): ReadonlySet<string> {
  const named = [...subjects.flatMap(({ phrase }) => phrase), ...titles.flat()]
  const own = named.filter((word) => /[a-z]/.test(word) && !fillers.has(word) && !training.has(word))
  const fullMonths = months.flat().filter(({ length }) => length >= LONG_MONTH)
  return new Set([...own, ...as_written, ...fullMonths, ...weekdays, ...wordsOfPlaces(places)])
}

/** The number of a course: behind a word such as "daftar", or at the front of a question that names nothing else. */
function readNumber(said: readonly SaidWord[], reading: Reading): number | undefined {
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
function namesAnything(said: readonly SaidWord[], { fillers, training }: Reading): boolean {
  const isTraining = (word: SaidWord) => isOneOf(word, training)
  const isCalled = said.some(isTraining)
  return said.some((word, at) => {
    const isName = !word.taken && word.word.length >= SHORTEST_NAME && /[a-z]/.test(word.word)
    if (!isName || isOneOf(word, fillers) || isTraining(word)) return false
    return !isCalled || said.slice(Math.max(0, at - NAME_REACH), at).some(isTraining)
  })
}
