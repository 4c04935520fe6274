import type { z } from 'zod'
import type { ActionContext, ActionResult } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import { type Course, isPublic } from '../course.ts'
import type { trainingContracts } from '../training-contracts.ts'
import { answerText } from './answer-text.ts'
import type { BrowseDeps } from './browse-deps.ts'
import { readFacts } from './course-facts.ts'
import { isAbout } from './match-courses.ts'
import { type Query, readQuery } from './read-query.ts'

/** Whoever says more about a course asks something. */
const MOST_WORDS_NAMING = 3

/** Answers what is asked about the course that a person is looking at. */
export async function answerAboutCourse(
  deps: BrowseDeps,
  { transaction, now }: ActionContext<Transaction>,
  { course_id, words }: z.infer<typeof trainingContracts.answer_about_course.inputs>,
): Promise<ActionResult> {
  const course = await deps.store.course(transaction, course_id)
  if (course === undefined || !isPublic(course)) return { outcome: 'gone', values: {} }
  const reading = { words: deps.words(), texts: deps.texts(), language: deps.language }
  const query = readQuery(reading, words, [course.title], now)
  const { aspects } = query
  if (speaksOfAnother(query, course)) return { outcome: 'another', values: {} }
  // Whoever only names what is shown ("yang jahit") wants to see it.
  if (aspects.length === 0) {
    const isShort = deps.language.normalise(words).tokens.length <= MOST_WORDS_NAMING
    return { outcome: isShort && namesCourse(query) ? 'another' : 'unknown', values: {} }
  }
  const facts = await readFacts(deps, transaction, course, now)
  return { outcome: 'told', values: { answer: answerText(aspects, course, facts, deps.texts()) } }
}

function namesCourse({ number, topics, isElsewhere }: Query): boolean {
  return !isElsewhere && (number !== undefined || topics.length > 0)
}

/** "Kursus las mulai kapan", "syarat nomor 7": what is asked of another course is not told of this one. */
function speaksOfAnother(
  { number, topics }: Query,
  course: Pick<Course, 'number' | 'subject' | 'title'>,
): boolean {
  if (number !== undefined) return number !== course.number
  return topics.some(({ isCourse }) => isCourse) && !topics.some((topic) => isAbout(course, topic))
}
