import { fill } from '../../../language/fill-text.ts'
import type { FormFields } from './form-fields.ts'
import type { FormProblem } from './form-problem.ts'
import type { PlanWordsDeps } from './plan-words.ts'
import { problemSentence } from './problem-sentence.ts'
import type { TrainingTexts } from './training-texts.ts'

/** A form as it is shown: what stands in it, and what is wrong with it. */
export interface FormState {
  readonly fields: FormFields
  /** The sentence at each input or part, by its id. */
  readonly errors: ReadonlyMap<string, string>
  /** The id of what the officer goes on with, after rows came or went. */
  readonly focus?: string | undefined
  /** What was done with the rows, told where the focus is. */
  readonly note?: string | undefined
}

/** The form with what it is made of, and the path below /desk that it is sent to. */
export interface FormPage extends PlanWordsDeps {
  readonly state: FormState
  readonly path: string
}

/** The sentences at each place; several of one place stand after each other. `was`: what stood in each field before. */
export function errorsOf(
  deps: PlanWordsDeps,
  problems: readonly FormProblem[],
  was: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, string> {
  const sentences = Map.groupBy(problems, ({ at }) => at)
  return new Map(
    [...sentences].map(([at, found]) => {
      const all = new Set(found.map((problem) => problemSentence(deps, problem, was)))
      return [at, [...all].join(' ')]
    }),
  )
}

/** What a place of the form is called, for a line in a summary. */
export function labelOf({ form }: Pick<TrainingTexts, 'form'>, at: string): string {
  const [name = '', row = ''] = at.split('.')
  const number = Number(row) + 1
  if (name === 'sessions') return row === '' ? form.groups.sessions : fill(form.session, { number })
  if (name === 'questions') return row === '' ? form.groups.questions : fill(form.question, { number })
  if (name === 'quotas') return row === '' ? form.quotas_title : `${form.quotas_title} ${number}`
  if (name === 'repeat') return form.repeat
  return labels(form)[name] ?? form.groups.about
}

function labels(form: TrainingTexts['form']): Readonly<Record<string, string>> {
  const { title, subject, office, description, cost, contact, place, mapUrl, kelurahan } = form
  const { minAge, maxAge, minEducation, requirements, domicile, seats, opensAt, closesAt, selection } = form
  const { exclusive, offerHours, barDays, minAttendance } = form
  return {
    ...{ title, subject, office, description, cost, contact, place, mapUrl, kelurahan },
    ...{ minAge, maxAge, minEducation, requirements, domicile, seats, opensAt, closesAt, selection },
    ...{ exclusive, offerHours, barDays, minAttendance },
  }
}
