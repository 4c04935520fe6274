import { fill } from '../../../language/fill-text.ts'
import { quotaGrounds } from '../../../training/course.ts'
import { type FormFields, mostRows, type RowList, rowLists, rowsOf, withRows } from './form-fields.ts'
import type { FormProblem } from './form-problem.ts'
import { labelOf } from './form-state.ts'
import { isBlankSession } from './read-form.ts'
import { repeatSessions } from './repeat-sessions.ts'
import type { TrainingTexts } from './training-texts.ts'

type Texts = Pick<TrainingTexts, 'form' | 'defaults'>

/** The form after a button that changes rows. */
export interface ChangedRows {
  readonly fields: FormFields
  /** The id of what the officer goes on with. */
  readonly focus: string
  readonly note?: string
  readonly problems: readonly FormProblem[]
}

/** Does what a button of the form asks for; undefined when it is none that changes rows. */
export function changeRows(texts: Texts, fields: FormFields, step: string): ChangedRows | undefined {
  if (step === 'repeat') return addRepeated(texts, fields)
  const [what, name, index] = step.split('.')
  const list = rowLists.find((one) => one === name)
  if (list === undefined) return undefined
  if (what === 'add') return addRow(texts, fields, list)
  return what === 'remove' ? removeRow(texts, fields, list, Number(index)) : undefined
}

/** The rows in their order without gaps, so that a place in the form is a place in its lists. */
export function numbered(fields: FormFields): FormFields {
  return rowLists.reduce((form, list) => withRows(form, list, rowsOf(form, list)), fields)
}

/** A session that nobody wrote anything into, at the times of the one before. */
export function blankSession({ defaults }: Pick<Texts, 'defaults'>, before?: FormFields): FormFields {
  const { from = defaults.session_from, to = defaults.session_to } = before ?? {}
  return { date: '', from, to }
}

function addRow(texts: Texts, fields: FormFields, list: RowList): ChangedRows {
  const rows = rowsOf(fields, list)
  const added = {
    sessions: () => blankSession(texts, rows.at(-1)),
    quotas: () => ({ by: quotaGrounds.find((one) => one === fields.newQuota) ?? 'gender', seats: '' }),
    questions: () => ({ id: freeId(rows), text: '', kind: 'text', choices: '' }),
  }[list]()
  const focus = `${list}.${Math.min(rows.length, mostRows - 1)}`
  return { fields: withRows(fields, list, [...rows, added]), focus, problems: [] }
}

/** Of a question: an id that none has, also not after some were taken away. */
function freeId(rows: readonly FormFields[]): string {
  const used = rows.map(({ id = '' }) => Number(/^q(\d{1,6})$/.exec(id)?.[1] ?? 0))
  return `q${Math.max(0, ...used) + 1}`
}

function removeRow(texts: Texts, fields: FormFields, list: RowList, index: number): ChangedRows {
  const left = rowsOf(fields, list).filter((_, place) => place !== index)
  const rows = left.length === 0 && list === 'sessions' ? [blankSession(texts)] : left
  const note = fill(texts.form.removed, { what: labelOf(texts, `${list}.${index}`) })
  return { fields: withRows(fields, list, rows), focus: list, note, problems: [] }
}

function addRepeated(texts: Texts, fields: FormFields): ChangedRows {
  const rows = rowsOf(fields, 'sessions').filter((row) => !isBlankSession(row))
  const repeated = repeatSessions(fields, mostRows - rows.length)
  if (repeated.type === 'problems') {
    return { fields, focus: repeated.problems[0]?.at ?? 'sessions', problems: repeated.problems }
  }
  const others = Object.entries(fields).filter(([name]) => !name.startsWith('repeat.'))
  return {
    fields: withRows(Object.fromEntries(others), 'sessions', [...rows, ...repeated.rows]),
    focus: 'sessions',
    note: fill(texts.form.repeated, { count: repeated.rows.length }),
    problems: [],
  }
}
