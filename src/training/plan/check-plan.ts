import type { Language } from '../../language/language.ts'
import { type Course, type CoursePlan, educations, selections } from '../course.ts'
import type { Offices } from '../training-offices.ts'
import type { TrainingWords } from '../training-words.ts'
import { checkGroups } from './check-groups.ts'
import { checkQuestions } from './check-questions.ts'
import { checkTimes } from './check-times.ts'
import type { CourseProblem, CourseProblemCode } from './course-problem.ts'

/** What a plan is checked against. */
export interface PlanGround {
  readonly subjects: TrainingWords['subjects']
  readonly offices: Offices
  readonly language: Pick<Language, 'places' | 'matchOption' | 'normalise'>
  readonly now: Date
  /** The course as it is; undefined: a new one. */
  readonly before?: Course | undefined
}

const mostCost = 100_000_000
const mostSeats = 500
const mostUrl = 500

/** Everything that is wrong with a plan, in the order of the form. Pure; the texts are to be tidied before. */
export function checkPlan(plan: CoursePlan, ground: PlanGround): readonly CourseProblem[] {
  return [
    ...checkText('title', plan.title, 80),
    ...when(!Object.hasOwn(ground.subjects, plan.subject), 'subject', 'subject'),
    ...when(!ground.offices.has(plan.office), 'office', 'office'),
    ...checkLength('description', plan.description, 600),
    ...checkPlace(plan, ground),
    ...when(!isWhole(plan.cost, 0, mostCost), 'cost', 'cost', { least: 0, most: mostCost }),
    ...checkText('contact', plan.contact, 120),
    ...checkLength('requirements', plan.requirements, 600),
    ...checkAges(plan),
    ...when(
      plan.minEducation !== undefined && !educations.includes(plan.minEducation),
      'education',
      'minEducation',
    ),
    ...when(!isWhole(plan.seats, 1, mostSeats), 'seats', 'seats', { least: 1, most: mostSeats }),
    ...checkGroups(plan, ground.language.places),
    ...when(!selections.includes(plan.selection), 'selection', 'selection'),
    ...checkTimes(plan, ground),
    ...checkQuestions(plan.questions, ground.language),
    ...checkFigures(plan),
  ]
}

/** A problem where something is so. */
function when(
  isSo: boolean,
  code: CourseProblemCode,
  field: string,
  details: CourseProblem['details'] = {},
): readonly CourseProblem[] {
  return isSo ? [{ code, field, details }] : []
}

function checkText(code: 'title' | 'place' | 'contact', text: string, most: number) {
  return text === '' ? when(true, code, code) : checkLength(code, text, most)
}

function checkLength(field: string, text: string, most: number): readonly CourseProblem[] {
  return when([...text].length > most, 'too_long', field, { most })
}

function checkPlace(
  { place, mapUrl, kelurahan, sessions }: CoursePlan,
  { language: { places } }: PlanGround,
): readonly CourseProblem[] {
  return [
    ...checkText('place', place, 120),
    ...when(mapUrl !== undefined && !isWebAddress(mapUrl), 'map_url', 'mapUrl'),
    ...checkLength('mapUrl', mapUrl ?? '', mostUrl),
    ...when(
      kelurahan !== undefined && places.byCode(kelurahan)?.code !== kelurahan,
      'kelurahan',
      'kelurahan',
    ),
    ...sessions.flatMap((session, index) => [
      ...checkLength(`sessions.${index}`, session.title ?? '', 80),
      ...checkLength(`sessions.${index}`, session.place ?? '', 120),
    ]),
  ]
}

/** Whether it may be followed by whoever reads it: https, and nobody's password in it. */
function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return (
    url?.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname.includes('.')
  )
}

function checkAges({ minAge, maxAge }: CoursePlan): readonly CourseProblem[] {
  const range = { least: 10, most: 99 }
  const isAge = (age: number | undefined) => age === undefined || isWhole(age, range.least, range.most)
  return [
    ...when(!isAge(minAge), 'ages', 'minAge', range),
    ...when(!isAge(maxAge), 'ages', 'maxAge', range),
    ...when(minAge !== undefined && maxAge !== undefined && minAge > maxAge, 'age_range', 'maxAge'),
  ]
}

/** The figures of the rules: how long an offer waits, how long who does not come is barred, what a certificate asks for. */
function checkFigures({ offerHours, barDays, minAttendance }: CoursePlan): readonly CourseProblem[] {
  const figures = [
    { field: 'offerHours', value: offerHours, least: 1, most: 168 },
    { field: 'barDays', value: barDays, least: 0, most: 730 },
    { field: 'minAttendance', value: minAttendance, least: 0, most: 100 },
  ]
  return figures.flatMap(({ field, value, least, most }) =>
    when(!isWhole(value, least, most), 'selection', field, { least, most }),
  )
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
