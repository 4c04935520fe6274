import { dayInWita, isoDay, weekdayInWita } from '../../language/format.ts'
import { normalise } from '../../language/normalise.ts'
import type { Course } from '../course.ts'
import type { Query } from './read-query.ts'
import type { AskedTime } from './read-time.ts'
import { means, type Topic } from './read-topics.ts'

/** What of a course sentences are held against. */
export type Sought = Pick<Course, 'number' | 'title' | 'subject' | 'startsAt'> & {
  readonly sessions: readonly { readonly startsAt: Date }[]
  /** Codes of the kelurahan that it is in; several where only a name is known that is of several. */
  readonly where: readonly string[]
}

/** The courses that a sentence speaks of. `others`: none of them, though it names something; those that fit partly are first. */
export type Matched<Item> =
  | { readonly type: 'one'; readonly course: Item }
  | { readonly type: 'some' | 'others'; readonly courses: readonly Item[] }
  | { readonly type: 'none' }

/**
 * Finds the courses that a sentence speaks of: among those one may register for, or else the one of the others that it can only
 * mean. Both lists are in order of their beginning.
 */
export function matchCourses<Item extends Sought>(
  query: Query,
  { open, over }: { readonly open: readonly Item[]; readonly over: readonly Item[] },
): Matched<Item> {
  const meant = fitting(query, open)
  const [only, ...more] = meant
  if (only !== undefined)
    return more.length > 0 ? { type: 'some', courses: meant } : { type: 'one', course: only }
  const [past, ...pasts] = isNarrow(query) ? fitting(query, over) : []
  if (past !== undefined && pasts.length === 0) return { type: 'one', course: past }
  const mistaken = atAnotherTime(query, open) ?? atAnotherTime(query, over)
  if (mistaken !== undefined) return { type: 'one', course: mistaken }
  if (open.length === 0) return { type: 'none' }
  const near = partlyFitting(query, open)
  return { type: 'others', courses: [...near, ...open.filter((course) => !near.includes(course))] }
}

/** "Besok kursus las jam berapa" asks when the one course about it is, though that is not tomorrow. */
function atAnotherTime<Item extends Sought>(query: Query, courses: readonly Item[]): Item | undefined {
  if (query.time === undefined || query.topics.length === 0 || !query.aspects.includes('when'))
    return undefined
  const [only, ...others] = fitting({ ...query, time: undefined }, courses)
  return others.length === 0 ? only : undefined
}

function isNarrow({ number, topics, places, time, isElsewhere }: Query): boolean {
  return isElsewhere || [number, places, time].some((part) => part !== undefined) || topics.length > 0
}

function fitting<Item extends Sought>(query: Query, courses: readonly Item[]): readonly Item[] {
  if (query.number !== undefined) return courses.filter(({ number }) => number === query.number)
  if (query.isElsewhere) return []
  const about = aboutTopics(query, courses)
  const there = query.places === undefined ? about : about.filter((course) => isThere(course, query.places))
  return query.time === undefined ? there : atTime(query.time, there)
}

/** Where the subject fits but not place or time, or place and time without the subject. */
function partlyFitting<Item extends Sought>(query: Query, courses: readonly Item[]): readonly Item[] {
  const nothing = {
    ...query,
    number: undefined,
    topics: [],
    places: undefined,
    time: undefined,
    isElsewhere: false,
  }
  const parts = [
    ...(query.topics.length > 0 ? [{ ...nothing, topics: query.topics }] : []),
    ...(query.places !== undefined ? [{ ...nothing, places: query.places }] : []),
    ...(query.time !== undefined ? [{ ...nothing, time: query.time }] : []),
  ]
  return [...new Set(parts.flatMap((part) => fitting(part, courses)))]
}

/**
 * Those that are about what is asked for. Who says less of it than another says leaves the place to it: of "menjahit dasar" and
 * "menjahit lanjutan" the words "jahit dasar" mean the first.
 */
function aboutTopics<Item extends Sought>(
  { topics, unwanted }: Query,
  courses: readonly Item[],
): readonly Item[] {
  const left = courses.filter((course) => !unwanted.some((topic) => isAbout(course, topic)))
  if (topics.length === 0) return left
  const named = topics.filter(({ subjects }) => subjects.size > 0)
  const main = named.length > 0 ? named : topics
  const told = left.flatMap((course) => {
    const of = topics.filter((topic) => isAbout(course, topic))
    return of.some((topic) => main.includes(topic)) ? [{ course, of }] : []
  })
  return told
    .filter(
      ({ of }) =>
        !told.some((other) => other.of.length > of.length && of.every((topic) => other.of.includes(topic))),
    )
    .map(({ course }) => course)
}

/** Whether a course is about something that was named. */
export function isAbout(
  { subject, title }: Pick<Course, 'subject' | 'title'>,
  { subjects, words }: Topic,
): boolean {
  if (subjects.has(subject)) return true
  const tokens = normalise(title).tokens
  return words.every((word) => tokens.some((token) => means(word, token)))
}

function isThere({ where }: Sought, places: ReadonlySet<string> | undefined): boolean {
  return where.some((code) => places?.has(code))
}

/** Those that begin then, or else those that have a session then. */
function atTime<Item extends Sought>(time: AskedTime, courses: readonly Item[]): readonly Item[] {
  const begin = courses.filter(({ startsAt }) => isAt(time, startsAt))
  const meet = courses.filter(({ sessions }) => sessions.some(({ startsAt }) => isAt(time, startsAt)))
  return begin.length > 0 && time.type === 'days' ? begin : meet
}

function isAt(time: AskedTime, moment: Date): boolean {
  if (time.type === 'weekday') return weekdayInWita(moment) === time.weekday
  const day = isoDay(dayInWita(moment))
  return time.first <= day && day <= time.last
}
