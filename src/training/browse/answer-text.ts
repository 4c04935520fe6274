import { fill } from '../../language/fill-text.ts'
import type { Course } from '../course.ts'
import type { Aspect, BrowseWords } from './browse-words.ts'
import type { CourseFacts } from './course-facts.ts'
import { shorten } from './course-labels.ts'
import { daysText } from './course-text.ts'

/** What an answer may be long. */
const longestAnswer = 300

type Texts = Pick<BrowseWords, 'answers' | 'schedule' | 'more_requirements'>

/** The sentences about what was asked of a course: as many as make one short message, at least the first. */
export function answerText(
  asked: readonly Aspect[],
  course: Pick<Course, 'sessions' | 'minAttendance'>,
  facts: CourseFacts,
  texts: Texts,
): string {
  const values = valuesOf(course, facts, texts)
  const sentences = asked.map((aspect) => sentenceOn(aspect, facts, values, texts))
  let text = ''
  for (const sentence of sentences) {
    const longer = text === '' ? sentence : `${text}\n${sentence}`
    if (text !== '' && longer.length > longestAnswer) break
    text = longer
  }
  return shorten(text, longestAnswer)
}

function sentenceOn(
  aspect: Aspect,
  { standing }: CourseFacts,
  values: ReturnType<typeof valuesOf>,
  { answers, more_requirements }: Texts,
): string {
  const answer = answers[aspect]
  const text = typeof answer === 'string' ? answer : answer[standing]
  if (aspect !== 'requirements') return fill(text, values)
  const lines = values.requirements.split('\n')
  for (let kept = lines.length; kept > 0; kept--) {
    const some = kept < lines.length ? [...lines.slice(0, kept), more_requirements] : lines
    const filled = fill(text, { ...values, requirements: some.join('\n') })
    if (filled.length <= longestAnswer) return filled
  }
  return fill(text, { ...values, requirements: more_requirements })
}

function valuesOf(
  { sessions, minAttendance }: Pick<Course, 'sessions' | 'minAttendance'>,
  { shown, waiting, free, opens }: CourseFacts,
  { schedule }: Texts,
) {
  const more = { number: shown.course_id, count: sessions.length, attendance: minAttendance }
  return { ...shown, ...more, waiting, free, opens, days: daysText(sessions, schedule) }
}
