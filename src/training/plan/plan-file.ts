import { Document, isCollection, isNode, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Places } from '../../language/places.ts'
import type { CoursePlan } from '../course.ts'
import { writeArea } from './plan-areas.ts'
import { planShape } from './plan-shape.ts'
import { writeMoment } from './plan-times.ts'

/** A course as an officer wrote it, or everything that is wrong with the file: a line each, with its place. */
export type ReadPlan =
  | { readonly type: 'read'; readonly plan: CoursePlan }
  | { readonly type: 'broken'; readonly problems: readonly string[] }

/**
 * Reads a course that is written as YAML, with the names of `CoursePlan` in snake_case. Times are Kupang's (`2026-12-01 08.00`),
 * areas go by name or code. What is left out is as the schema of the database has it. Whether the course makes sense is the desk's
 * to say.
 */
export function readPlanFile(text: string, places: Places): ReadPlan {
  const lines = new LineCounter()
  // Everything stays text as it is written: `08.00` is no number.
  const file = parseDocument(text, { schema: 'failsafe', lineCounter: lines })
  const [error] = file.errors
  if (error !== undefined) {
    const what = error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? error.code
    return { type: 'broken', problems: [`line ${error.linePos?.[0].line ?? 1}: ${what}`] }
  }
  const read = planShape(places).safeParse(file.toJS() ?? {})
  if (read.success) return { type: 'read', plan: read.data }
  const problems = read.error.issues.map(({ path, message }) => {
    const line = lineOf(file, path, lines)
    return [line === undefined ? [] : `line ${line}`, path.map(String).join('.') || [], message]
      .flat()
      .join(': ')
  })
  return { type: 'broken', problems }
}

/** The line of the innermost part of the place that is in the file. */
function lineOf(file: Document, path: readonly PropertyKey[], lines: LineCounter): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = file.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return undefined
}

/** The course as a file that reads back as the same plan. */
export function writePlanFile(plan: CoursePlan, places: Places): string {
  const file = new Document(planAsWritten(plan, places))
  // A session, a quota or a question a line, as people write them.
  for (const list of ['sessions', 'quotas', 'questions']) {
    const node = file.get(list)
    if (!isSeq(node)) continue
    for (const item of node.items) if (isCollection(item)) item.flow = true
  }
  return file.toString({ lineWidth: 120 })
}

/** The same as an object: what the file holds, plain JSON but for what is undefined. */
export function planAsWritten(plan: CoursePlan, places: Places) {
  return {
    ...writeWhat(plan, places),
    ...writeWho(plan, places),
    selection: plan.selection,
    ...{ opens_at: writeTime(plan.opensAt), closes_at: writeTime(plan.closesAt) },
    sessions: plan.sessions.map(({ startsAt, endsAt, title, place }) => {
      const { day, clock } = writeMoment(startsAt)
      return { date: day, from: clock, to: writeMoment(endsAt).clock, title, place }
    }),
    questions: plan.questions.map(({ choices, ...question }) =>
      choices.length > 0 ? { ...question, choices } : question,
    ),
    ...{ exclusive: plan.exclusive, offer_hours: plan.offerHours, bar_days: plan.barDays },
    min_attendance: plan.minAttendance,
  }
}

function writeWhat(plan: CoursePlan, places: Places) {
  const { title, subject, office, description, place, cost, contact, requirements } = plan
  const kelurahan = plan.kelurahan === undefined ? undefined : writeArea(plan.kelurahan, places)
  return {
    ...{ title, subject, office, description, place, map_url: plan.mapUrl, kelurahan, cost, contact },
    requirements: requirements.split('\n').filter((line) => line !== ''),
  }
}

function writeWho({ minAge, maxAge, minEducation, domicile, seats, quotas }: CoursePlan, places: Places) {
  const areas = (codes: readonly string[]) => codes.map((code) => writeArea(code, places))
  return {
    ...{ min_age: minAge, max_age: maxAge, min_education: minEducation, domicile: areas(domicile), seats },
    quotas: quotas.map(({ by, values, seats }) => {
      return { by, values: by === 'kelurahan' || by === 'kecamatan' ? areas(values) : values, seats }
    }),
  }
}

function writeTime(moment: Date): string {
  const { day, clock } = writeMoment(moment)
  return moment.getTime() % 60_000 === 0 ? `${day} ${clock}` : moment.toISOString()
}
