import { fill } from '../../language/fill-text.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Course } from '../course.ts'
import type { Applicant } from '../seats/seats.ts'
import type { BrowseDeps } from './browse-deps.ts'
import type { BrowseWords } from './browse-words.ts'
import { standingOf } from './course-facts.ts'
import { dayText, shortDay } from './course-text.ts'
import { seatsLeft } from './seats-left.ts'

/** Most courses of one list. */
export const mostListed = 27

/** What a row of a list may be long on WhatsApp. */
export const longestLabel = 72

/** A course in a list. */
export type CourseRow = { readonly course_id: number; readonly label: string }

/** The rows of courses in a list, in their order; only the first few. Two that would read alike are told apart by number. */
export async function labelCourses(
  { browse, texts, language }: Pick<BrowseDeps, 'browse' | 'texts' | 'language'>,
  transaction: Transaction,
  courses: readonly Course[],
  now: Date,
): Promise<CourseRow[]> {
  const listed = courses.slice(0, mostListed)
  const { labels } = texts()
  const city = language.places.all.map(({ code }) => code)
  const seated = await browse.seatedOf(
    transaction,
    listed.map(({ number }) => number),
  )
  const labelOf = (course: Course, suffix: string) =>
    courseLabel(course, seatsOf(course, seated.get(course.number) ?? [], city, labels, now), suffix, labels)
  const plain = listed.map((course) => labelOf(course, ''))
  return listed.map((course, index) => {
    const { number } = course
    const isTwice = plain.filter((label) => label === plain[index]).length > 1
    const suffix = fill(labels.numbered, { title: '', number })
    return { course_id: number, label: isTwice ? labelOf(course, suffix) : (plain[index] ?? '') }
  })
}

/** A text of at most so many characters: cut behind a word where that leaves most of it, with an ellipsis. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = [...text].reduce(
    (start, letter) => (start.length + letter.length < most ? start + letter : start),
    '',
  )
  const word = cut.replace(/\s+\S*$/, '')
  return `${(word.length > most / 2 ? word : cut).replace(/[\s,;:.-]+$/, '')}…`
}

function courseLabel(
  { title, startsAt }: Pick<Course, 'title' | 'startsAt'>,
  seats: string,
  suffix: string,
  { course }: BrowseWords['labels'],
): string {
  const values = { date: dayText(startsAt), seats }
  const around = fill(course, { ...values, title: suffix })
  return fill(course, { ...values, title: `${shorten(title, longestLabel - around.length)}${suffix}` })
}

function seatsOf(
  course: Course,
  seated: readonly Applicant[],
  city: readonly string[],
  labels: BrowseWords['labels'],
  now: Date,
): string {
  const free = seatsLeft(course, seated, city)
  const standing = standingOf(course, free, now)
  if (standing === 'soon') return fill(labels.soon, { date: shortDay(course.opensAt, course.startsAt) })
  if (course.selection === 'officer') return fill(labels.chosen, { seats: course.seats })
  return standing === 'full' ? labels.full : fill(labels.left, { free })
}
