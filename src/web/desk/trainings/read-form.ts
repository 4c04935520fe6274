import {
  type CoursePlan,
  educations,
  questionKinds,
  quotaGrounds,
  selections,
} from '../../../training/course.ts'
import { parseMoment } from '../../../training/plan/plan-times.ts'
import { type FormFields, rowsOf, ticked, tickedOf, trimmed } from './form-fields.ts'
import type { FormProblem, RowPlaces } from './form-problem.ts'
import { readClock, readWhole } from './read-figures.ts'

/** A course as the fields of the form say. */
export interface ReadForm {
  /** A figure that could not be read is NaN, and a moment an invalid date: the desk refuses both, with their place. */
  readonly plan: CoursePlan
  /** What is wrong with dates and times; the rest is the desk's to say. */
  readonly problems: readonly FormProblem[]
  readonly rows: RowPlaces
}

/** Reads the form. Whether the course makes sense is not asked here. */
export function readForm(fields: FormFields): ReadForm {
  const reader = createReader(fields)
  const sessions = readSessions(fields)
  const quotas = readQuotas(fields)
  const questions = readQuestions(fields)
  const { text, maybeText, whole, maybeWhole, moment } = reader
  const plan: CoursePlan = {
    ...{ title: text('title'), subject: text('subject'), office: text('office') },
    ...{ description: text('description'), requirements: text('requirements'), contact: text('contact') },
    ...{ place: text('place'), mapUrl: readAddress(text('mapUrl')), kelurahan: maybeText('kelurahan') },
    cost: text('cost') === '' ? 0 : whole('cost'),
    ...{ minAge: maybeWhole('minAge'), maxAge: maybeWhole('maxAge') },
    minEducation: educations.find((one) => one === fields.minEducation),
    domicile: readDomicile(fields),
    seats: whole('seats'),
    quotas: quotas.map(({ value }) => value),
    selection: selections.find((one) => one === fields.selection) ?? 'arrival',
    ...{ opensAt: moment('opensAt'), closesAt: moment('closesAt') },
    sessions: sessions.found.map(({ value }) => value),
    questions: questions.map(({ value }) => value),
    exclusive: fields.exclusive === ticked,
    ...{ offerHours: whole('offerHours'), barDays: whole('barDays'), minAttendance: whole('minAttendance') },
  }
  return {
    plan,
    problems: [...reader.problems, ...sessions.problems],
    rows: {
      sessions: sessions.found.map(({ row }) => row),
      quotas: quotas.map(({ row }) => row),
      questions: questions.map(({ row }) => row),
    },
  }
}

/** Reads single fields, and keeps what was wrong with them. */
function createReader(fields: FormFields) {
  const problems: FormProblem[] = []
  const text = (name: string) => trimmed(fields, name)
  const maybeText = (name: string) => text(name) || undefined
  const whole = (name: string) => readWhole(text(name)) ?? Number.NaN
  const maybeWhole = (name: string) => (text(name) === '' ? undefined : whole(name))
  const moment = (name: string): Date => {
    const read = readMoment(fields, `${name}.date`, `${name}.time`)
    problems.push(...read.problems)
    return read.moment
  }
  return { problems, text, maybeText, whole, maybeWhole, moment }
}

/** What the rows of a list say, each with the row that it stands in. */
type ReadRows<Each> = readonly { readonly row: number; readonly value: Each }[]

function readSessions(fields: FormFields) {
  const problems: FormProblem[] = []
  const found: ReadRows<CoursePlan['sessions'][number]> = rowsOf(fields, 'sessions').flatMap((row, index) => {
    if (isBlankSession(row)) return []
    const at = (name: string) => `sessions.${index}.${name}`
    const starts = readMoment(fields, at('date'), at('from'))
    const ends = readMoment(fields, at('date'), at('to'))
    // The day is asked for once.
    const own = ends.problems.filter(({ code }) => code === 'time')
    problems.push(...starts.problems, ...own)
    const title = trimmed(row, 'title') || undefined
    const place = trimmed(row, 'place') || undefined
    return [{ row: index, value: { startsAt: starts.moment, endsAt: ends.moment, title, place } }]
  })
  // The plan has them by time, however they are written.
  return { problems, found: found.toSorted((one, other) => timeOf(one.value) - timeOf(other.value)) }
}

/** What cannot be read stands last. */
function timeOf({ startsAt }: CoursePlan['sessions'][number]): number {
  const time = startsAt.getTime()
  return Number.isNaN(time) ? Number.MAX_SAFE_INTEGER : time
}

/** Whether nothing was written into a row; its times alone are only proposed. */
export function isBlankSession(row: FormFields): boolean {
  return ['date', 'title', 'place'].every((name) => trimmed(row, name) === '')
}

function readQuotas(fields: FormFields): ReadRows<CoursePlan['quotas'][number]> {
  return rowsOf(fields, 'quotas').flatMap((row, index) => {
    const by = quotaGrounds.find((one) => one === row.by)
    const values = tickedOf(row, 'values')
    const written = trimmed(row, 'seats')
    if (by === undefined || (values.length === 0 && written === '')) return []
    return [{ row: index, value: { by, values, seats: readWhole(written) ?? Number.NaN } }]
  })
}

function readQuestions(fields: FormFields): ReadRows<CoursePlan['questions'][number]> {
  return rowsOf(fields, 'questions').flatMap((row, index) => {
    const text = trimmed(row, 'text')
    const lines = trimmed(row, 'choices').split('\n')
    const choices = lines.map((line) => line.trim()).filter((line) => line !== '')
    if (text === '' && choices.length === 0) return []
    const kind = questionKinds.find((one) => one === row.kind) ?? 'text'
    const question = {
      id: row.id ?? '',
      text,
      kind,
      choices: kind === 'choice' ? choices : [],
      optional: kind === 'text' && row.optional === ticked,
    }
    return [{ row: index, value: question }]
  })
}

/** A kecamatan has all its kelurahan in it. */
function readDomicile(fields: FormFields): readonly string[] {
  const codes = tickedOf(fields, 'domicile')
  return codes.filter((code) => !codes.some((other) => code.startsWith(`${other}.`)))
}

/** As it stands in a message that somebody passes on, also without what browsers hide. */
function readAddress(text: string): string | undefined {
  if (text === '') return undefined
  return /^[\w-]+(\.[\w-]+)+\//.test(text) ? `https://${text}` : text
}

function readMoment(
  fields: FormFields,
  dateName: string,
  timeName: string,
): { readonly moment: Date; readonly problems: readonly FormProblem[] } {
  const day = trimmed(fields, dateName)
  const clock = readClock(trimmed(fields, timeName))
  const isDay = parseMoment(day, '00.00') !== undefined
  const moment = clock === undefined ? undefined : parseMoment(day, clock)
  return {
    moment: moment ?? new Date(Number.NaN),
    problems: [
      ...(isDay ? [] : [{ code: 'date', at: dateName, details: {} } as const]),
      ...(clock === undefined ? [{ code: 'time', at: timeName, details: {} } as const] : []),
    ],
  }
}
