import {
  type CourseProblem,
  type CourseProblemCode,
  courseProblems,
} from '../../../training/plan/course-problem.ts'
import { type RowList, rowLists } from './form-fields.ts'

/** What may be wrong with a form besides what the course's own rules say. */
export const formProblems = ['date', 'time', 'figure', 'weekdays', 'count', 'too_many'] as const

/** Everything that has words in the form. */
export const problemCodes = [...courseProblems, ...formProblems] as const
export type FormProblemCode = CourseProblemCode | (typeof formProblems)[number]

/** One thing wrong with the form. */
export interface FormProblem {
  readonly code: FormProblemCode
  /** The id of what is to be put right: of an input, or of a part of the form. */
  readonly at: string
  readonly details: CourseProblem['details']
}

/** In which row of the form each entry of a plan's list was written. */
export type RowPlaces = Readonly<Record<RowList, readonly number[]>>

/** Finds the place in the form of what is wrong with the plan that was read from it. */
export function placeProblem({ code, field, details }: CourseProblem, rows: RowPlaces): FormProblem {
  // The figures of the rules have no code of their own.
  const isFigure = code === 'selection' && field !== 'selection'
  return { code: isFigure ? 'figure' : code, details, at: placeOf({ code, field, details }, rows) }
}

/** The fields of a plan in the order in which the form asks for them. */
const order = [
  ...['title', 'subject', 'office', 'description', 'cost', 'contact', 'place', 'kelurahan', 'mapUrl'],
  ...['sessions', 'minAge', 'maxAge', 'minEducation', 'domicile', 'requirements', 'seats', 'quotas'],
  ...['opensAt', 'closesAt', 'selection', 'questions', 'exclusive', 'offerHours', 'barDays', 'minAttendance'],
]

/** Sorts problems as the form is read; those of one list stay as they are. */
export function byPlace(one: FormProblem, other: FormProblem): number {
  const placeIn = ({ at }: FormProblem) => order.indexOf(at.split('.')[0] ?? '')
  return placeIn(one) - placeIn(other)
}

/** The id of what a field of the plan is written in. */
export function idOf(field: string): string {
  return field === 'opensAt' || field === 'closesAt' ? `${field}.date` : field
}

/** Of a row: the input that is wrong, where the problem does not say. */
const inputs: Readonly<Record<RowList, string>> = { sessions: 'date', quotas: 'seats', questions: 'text' }

function placeOf({ code, field, details }: CourseProblem, rows: RowPlaces): string {
  const [list = '', index] = field.split('.')
  const rowList = rowLists.find((one) => one === list)
  if (rowList === undefined) return idOf(list)
  const row = index === undefined ? undefined : rows[rowList][Number(index)]
  if (row === undefined) return rowList
  return `${rowList}.${row}.${ownInput(code, details) ?? inputs[rowList]}`
}

function ownInput(code: CourseProblemCode, { why }: CourseProblem['details']): string | undefined {
  if (code === 'session_times' || code === 'session_overlap') return 'from'
  if (code === 'quota') return why === 'seats' ? 'seats' : 'values'
  if (code === 'question_label' || (code === 'question' && why === 'choices')) return 'choices'
  return undefined
}
