import type { z } from 'zod'
import type { ActionContext, ActionResult, Row } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { formatDate, formatNumber } from '../../language/format.ts'
import { withoutIdentifiers } from '../../language/identifier.ts'
import { normalise } from '../../language/normalise.ts'
import { readNumberWords } from '../../language/number-words.ts'
import type { Transaction } from '../../storage/database.ts'
import { type Course, type CourseQuestion, genders, isPublic } from '../course.ts'
import type { CourseAnswer } from '../registration.ts'
import type { trainingContracts } from '../training-contracts.ts'
import type { TrainingWords } from '../training-words.ts'
import type { BrowseDeps } from './browse-deps.ts'
import type { BrowseWords } from './browse-words.ts'
import { longestLabel, shorten } from './course-labels.ts'

type Context = ActionContext<Transaction>
type Words = { readonly words: TrainingWords; readonly texts: BrowseWords }
type Given = z.infer<typeof trainingContracts.keep_answer.inputs>

/** What is asked where quotas need it. Their answers are kept for the machine: `female`, `male`; `1` to `10`, or nothing. */
const quotaQuestions = ['gender', 'desil'] as const
const desils = 10
const longestAnswer = 300
const isoDate = /^\d{4}-\d{2}-\d{2}$/

/** The next question of a course that is not answered yet. */
export async function nextQuestion(
  deps: BrowseDeps,
  { transaction }: Context,
  { course_id, answers }: z.infer<typeof trainingContracts.next_question.inputs>,
): Promise<ActionResult> {
  const course = await deps.store.course(transaction, course_id)
  if (course === undefined || !isPublic(course)) return { outcome: 'gone', values: {} }
  const words = { words: deps.words(), texts: deps.texts() }
  const questions = questionsOf(course, words)
  const next = questions.find(({ id }) => !answers.some((answer) => answer.id === id))
  if (next === undefined)
    return { outcome: 'done', values: { answers_text: answersText(questions, answers, words) } }
  const { id, text, kind, optional } = next
  const values = { question_id: id, question: text }
  if (kind === 'choice') return { outcome: 'choice', values: { ...values, choices: [...next.options] } }
  return { outcome: kind === 'text' && optional ? 'optional_text' : kind, values }
}

/** Keeps an answer beside the others; one to a question that the course no longer asks is let go. */
export async function keepAnswer(
  deps: BrowseDeps,
  { transaction }: Context,
  { course_id, answers, question_id, answer }: Given,
): Promise<ActionResult> {
  const course = await deps.store.course(transaction, course_id)
  if (course === undefined || !isPublic(course)) return { outcome: 'gone', values: {} }
  const words = { words: deps.words(), texts: deps.texts() }
  const question = questionsOf(course, words).find(({ id }) => id === question_id)
  const others = answers.filter(({ id }) => id !== question_id)
  if (question === undefined) return { outcome: 'kept', values: { answers: others } }
  const kept = { id: question_id, question: question.text, answer: readable(question, answer, words.texts) }
  return { outcome: 'kept', values: { answers: [...others, kept] } }
}

/** A question with the rows of its choices. */
type Question = CourseQuestion & { readonly options: readonly (Row & { value: string; label: string })[] }

/** What the course asks itself, then what its quotas need to know. */
function questionsOf(
  { questions, quotas }: Pick<Course, 'questions' | 'quotas'>,
  words: Words,
): readonly Question[] {
  const own = questions
    .filter(({ id }) => !quotaQuestions.some((reserved) => reserved === id))
    .map((question) => ({
      ...question,
      options: question.choices.map((value) => ({ value, label: shorten(value, longestLabel) })),
    }))
  const needed = quotaQuestions.filter((ground) => quotas.some(({ by }) => by === ground))
  return [...own, ...needed.map((ground) => quotaQuestion(ground, words))]
}

function quotaQuestion(
  ground: (typeof quotaQuestions)[number],
  { words, texts: { questions: texts } }: Words,
): Question {
  const asked = { id: ground, text: texts[ground], choices: [] }
  if (ground === 'desil') return { ...asked, kind: 'text', optional: true, options: [] }
  const options = genders.map((value) => ({ value, label: words.genders[value] }))
  return { ...asked, kind: 'choice', optional: false, options }
}

/** An answer as its person reads it; of a question of quotas its value. Numbers that may be a NIK are never kept. */
function readable(
  { id, kind }: Question,
  answer: Given['answer'],
  { questions: texts }: Pick<BrowseWords, 'questions'>,
): string {
  if (answer === null) return ''
  if (id === 'gender') return String(answer)
  if (id === 'desil') return desilIn(String(answer))
  if (typeof answer === 'boolean') return answer ? texts.yes : texts.no
  const told = withoutIdentifiers(String(answer).trim())
  if (typeof answer === 'number') return told === String(answer) ? formatNumber(answer) : told
  return shorten(kind === 'date' && isoDate.test(told) ? formatDate(told) : told, longestAnswer)
}

/** The one figure in an answer, if it is a desil: ten rows to choose from would be more than a page. */
function desilIn(answer: string): string {
  const { tokens } = normalise(answer)
  const figures = tokens.flatMap((token) => readNumberWords([token]) ?? [])
  const [only = 0, ...others] = figures
  return others.length === 0 && Number.isInteger(only) && only >= 1 && only <= desils ? String(only) : ''
}

function answersText(
  questions: readonly Question[],
  answers: readonly CourseAnswer[],
  { texts }: Words,
): string {
  const lines = questions.flatMap(({ id, options }) => {
    const given = answers.find((one) => one.id === id)
    if (given === undefined) return []
    const label = options.find(({ value }) => value === given.answer)?.label ?? given.answer
    const unanswered = id === 'desil' ? texts.questions.unknown : texts.questions.skipped
    const answer = label === '' ? unanswered : label
    const ground = quotaQuestions.find((reserved) => reserved === id)
    const question =
      ground === undefined ? given.question.replace(/[\s?:.]+$/, '') : texts.questions.short[ground]
    return [fill(texts.questions.line, { question, answer })]
  })
  return lines.join('\n')
}
