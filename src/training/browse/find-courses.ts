import type { ActionContext, ActionResult } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Course } from '../course.ts'
import { answerText } from './answer-text.ts'
import type { BrowseDeps } from './browse-deps.ts'
import { readFacts } from './course-facts.ts'
import { labelCourses } from './course-labels.ts'
import { matchCourses } from './match-courses.ts'
import { createPlaceFinder, type PlaceFinder, placesIn } from './read-place.ts'
import { readQuery } from './read-query.ts'

/** So many courses of each kind are looked through. */
const mostSearched = 300

/** Finds the courses that a sentence speaks of. */
export async function findCourses(
  deps: BrowseDeps,
  { transaction, now }: ActionContext<Transaction>,
  sentence: string,
): Promise<ActionResult> {
  const { browse, language } = deps
  const findPlace = createPlaceFinder(language.places)
  const open = (await browse.upcoming(transaction, now, mostSearched)).map((course) =>
    located(course, findPlace),
  )
  const over = (await browse.closed(transaction, now, mostSearched)).map((course) =>
    located(course, findPlace),
  )
  const reading = { words: deps.words(), texts: deps.texts(), language }
  const titles = [...open, ...over].map(({ title }) => title)
  const query = readQuery(reading, sentence, titles, now)
  const matched = matchCourses(query, { open, over })
  switch (matched.type) {
    case 'none':
      return { outcome: 'none', values: {} }
    case 'one': {
      const { course } = matched
      const values = { course_id: course.number }
      if (query.aspects.length === 0) return { outcome: 'one', values }
      const facts = await readFacts(deps, transaction, course, now)
      const answer = answerText(query.aspects, course, facts, deps.texts())
      return { outcome: 'answer', values: { ...values, answer } }
    }
    case 'some':
    case 'others': {
      const courses = await labelCourses(deps, transaction, matched.courses, now)
      return { outcome: matched.type, values: { courses } }
    }
  }
}

/** The course with the kelurahan that it is in: where an officer named none, those that the place speaks of. */
function located(course: Course, findPlace: PlaceFinder): Course & { readonly where: readonly string[] } {
  const { kelurahan, place } = course
  const where = kelurahan === undefined ? placesIn(place, findPlace).map(({ code }) => code) : [kelurahan]
  return { ...course, where }
}
