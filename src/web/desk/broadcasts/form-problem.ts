import type { PlanProblem } from '../../../broadcast/broadcast-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import type { BroadcastPagesDeps } from './broadcast-deps.ts'
import type { BroadcastTexts, problemCodes } from './broadcast-texts.ts'
import { mostButtons } from './form-page.ts'

/** One thing wrong with the form. */
export interface FormProblem {
  readonly code: (typeof problemCodes)[number]
  /** The id of what is to be put right: of an input, or of a part of the form. */
  readonly at: string
  readonly detail?: string | undefined
}

/** Finds the place in the form of what is wrong with the plan that was read from it. */
export function placeProblem({ at, what, detail }: PlanProblem, buttonRows: readonly number[]): FormProblem {
  return { code: what, detail, at: placeOf(at, buttonRows) }
}

/** The places of a form in their order, with what their names in a plan begin with. */
const places: readonly (readonly [string, string])[] = [
  ['title', 'title'],
  ['text', 'text'],
  ['media', 'media'],
  ['audience.topics', 'topics'],
  ['audience.places', 'places'],
  ['audience.course.states', 'states'],
  ['audience.course', 'course'],
  ['audience.channels', 'channels'],
  ['audience.language', 'language'],
  ['audience.without.course', 'withoutCourse'],
  ['audience.without', 'without'],
  ['audience', 'topics'],
  ['scheduledAt', 'schedule.date'],
  ['expiresAt', 'expires.date'],
  ['posts', 'posts'],
]

function placeOf(at: string, buttonRows: readonly number[]): string {
  const [, index, part] = /^buttons(?:\.(\d+))?(?:\.(label|words))?$/.exec(at) ?? []
  if (at.startsWith('buttons')) {
    const row = index === undefined ? 0 : (buttonRows[Number(index)] ?? Number(index))
    return `buttons.${Math.min(row, mostButtons - 1)}.${part ?? 'label'}`
  }
  const found = places.find(([start]) => at === start || at.startsWith(`${start}.`))
  return found?.[1] ?? 'title'
}

/** Sorts problems as the form is read. */
function byPlace(one: FormProblem, other: FormProblem): number {
  return order(one.at) - order(other.at)
}

const inOrder = [
  ...['title', 'text', 'media', 'buttons', 'audienceName', 'saved', 'topics', 'places', 'course', 'states'],
  ...['channels', 'language', 'without', 'withoutCourse', 'schedule', 'expires', 'posts'],
]

function order(at: string): number {
  return inOrder.indexOf(at.split('.')[0] ?? '')
}

/** What to do about a problem, in a sentence. */
export function problemSentence(
  { texts, words }: Pick<BroadcastPagesDeps, 'texts' | 'words'>,
  { code, at, detail }: FormProblem,
): string {
  const { from, to } = words().quiet_hours
  const part = at.startsWith('buttons.') ? (at.split('.')[2] ?? '') : (at.split('.')[0] ?? '')
  const sentence = texts.problems_at[part]?.[code] ?? texts.problems[code]
  return fill(sentence, { detail: detail ?? '', from: fullHour(from), to: fullHour(to) })
}

/** An hour of the day as it is written: "07.00". */
export function fullHour(hour: number): string {
  return `${String(hour).padStart(2, '0')}.00`
}

/** The sentences at each place; several of one place stand after each other. */
export function errorsOf(
  deps: Pick<BroadcastPagesDeps, 'texts' | 'words'>,
  problems: readonly FormProblem[],
): ReadonlyMap<string, string> {
  const sentences = Map.groupBy(problems.toSorted(byPlace), ({ at }) => at)
  return new Map(
    [...sentences].map(([at, found]) => {
      const all = new Set(found.map((problem) => problemSentence(deps, problem)))
      return [at, [...all].join(' ')]
    }),
  )
}

/** What a place of the form is called, for a line in a summary. */
export function labelOf({ form }: Pick<BroadcastTexts, 'form'>, at: string): string {
  const [name = '', row = '', part] = at.split('.')
  const number = Number(row) + 1
  if (name === 'buttons') return fill(part === 'words' ? form.words : form.label, { number })
  if (name === 'schedule' && row === 'time') return form.schedule_time
  if (name === 'expires' && row === 'time') return form.expires_time
  if (name === 'audienceName') return form.saved_name
  const labels: Readonly<Record<string, string>> = form
  return labels[name] ?? form.title
}
