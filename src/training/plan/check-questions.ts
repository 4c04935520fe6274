import { editDistance } from '../../language/distance.ts'
import { hasIdentifier } from '../../language/identifier.ts'
import type { Language } from '../../language/language.ts'
import { foldCharacters } from '../../language/normalise.ts'
import { type CourseQuestion, questionKinds } from '../course.ts'
import type { CourseProblem } from './course-problem.ts'

const mostQuestions = 10
const mostText = 200
const mostLabel = 40
const choices = { least: 2, most: 8 }

/** What quotas ask for has these names among the answers. */
const reserved: readonly string[] = ['gender', 'desil']

/** What a bot must not know, and what opens a bank account. */
const secret =
  /\b(?:nik|kk|kartu keluarga|induk kependudukan|pin|otp|cvv|password|pasword|passwd|sandi|rekening|norek|no rek|ibu kandung)\b|\b(?:nomor|nomer|no|nmr|angka) (?:e )?ktp\b/

type Words = Pick<Language, 'matchOption' | 'normalise'>

/** What is wrong with the questions of a course, as flows are checked: each can be answered, by typing too, and asks for no secret. */
export function checkQuestions(
  questions: readonly CourseQuestion[],
  language: Words,
): readonly CourseProblem[] {
  if (questions.length > mostQuestions) {
    return [{ code: 'question', field: 'questions', details: { why: 'many', most: mostQuestions } }]
  }
  return questions.flatMap((question, index) => {
    const isTwice = questions.slice(0, index).some(({ id }) => id === question.id)
    const field = `questions.${index}`
    return checkQuestion(question, isTwice, language).map((problem) => ({ ...problem, field }))
  })
}

type Found = Omit<CourseProblem, 'field'>

/** `why` in the details of `question`: `id`, `empty`, `kind` or `choices`. */
function checkQuestion(question: CourseQuestion, isTwice: boolean, language: Words): readonly Found[] {
  const { id, text, kind } = question
  const wrong = (why: string): Found => ({ code: 'question', details: { why } })
  const isId = /^[a-z0-9_]{1,30}$/.test(id) && !reserved.includes(id) && !isTwice
  return [
    ...(isId ? [] : [wrong('id')]),
    ...(text === '' ? [wrong('empty')] : []),
    ...tooLong(text, mostText),
    ...(questionKinds.includes(kind) ? [] : [wrong('kind')]),
    ...([text, ...question.choices].some(asksForSecret)
      ? [{ code: 'question_secret', details: {} } as const]
      : []),
    ...(kind === 'choice' ? checkChoices(question.choices, language) : []),
  ]
}

function tooLong(text: string, most: number): readonly Found[] {
  return [...text].length > most ? [{ code: 'too_long', details: { most } }] : []
}

function asksForSecret(text: string): boolean {
  if (hasIdentifier(text)) return true
  const words = foldCharacters(text).replace(/[^\p{L}\p{N}]+/gu, ' ')
  // "N.I.K." is read as the word that it is.
  const joined = words.replace(/\b(\p{L}) (?=\p{L}\b)/gu, '$1')
  return secret.test(words) || secret.test(joined)
}

function checkChoices(labels: readonly string[], language: Words): readonly Found[] {
  if (labels.length < choices.least || labels.length > choices.most) {
    return [{ code: 'question', details: { why: 'choices', ...choices } }]
  }
  const wrong = (details: Found['details']): Found => ({ code: 'question_label', details })
  const folded = labels.map((label) => language.normalise(label).text)
  const long = labels.flatMap((label) => tooLong(label, mostLabel))
  // A choice is also picked by its place: a bare figure may be another's.
  const bare = labels.filter((_, index) => /^\d*$/.test(folded[index] ?? ''))
  if (bare.length > 0) return [...long, ...bare.map((one) => wrong({ one }))]
  const close = labels.flatMap((one, index) =>
    labels
      .filter((_, place) => place > index && isClose(folded[index] ?? '', folded[place] ?? ''))
      .map((other) => wrong({ one, other })),
  )
  return [...long, ...(close.length > 0 ? close : mistaken(labels, language).map((one) => wrong({ one })))]
}

/** Labels that do not lead to their choice alone when they are typed. */
function mistaken(labels: readonly string[], { matchOption }: Words): readonly string[] {
  return labels.filter((label, index) => {
    const match = matchOption(label, labels)
    return match.type !== 'one' || match.index !== index
  })
}

/** Whether a slip of the finger makes one of the other. */
function isClose(one: string, other: string): boolean {
  return one === other || (one.length > 3 && other.length > 3 && editDistance(one, other, 1) <= 1)
}
