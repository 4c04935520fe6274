import { dayInWita, isoDay } from '../../language/format.ts'
import { type Course, type Education, educations } from '../course.ts'

/** What of a person the rules of a course ask. */
export interface Candidate {
  readonly forWhom: 'self' | 'other'
  /** `YYYY-MM-DD`, or `YYYY` where only the year was told. */
  readonly birth: string
  /** Kemendagri code. */
  readonly kelurahan: string
  readonly education: Education
}

type Rules = Pick<Course, 'minAge' | 'maxAge' | 'minEducation' | 'domicile'>

/** Whether the rules of a course let a person in; of a refusal which rule, and what it asks. */
export type Eligibility =
  | { readonly type: 'fits' }
  /** The year alone does not tell, or what was told is no birth date. */
  | { readonly type: 'need_date' }
  | { readonly type: 'refused'; readonly rule: 'min_age' | 'max_age'; readonly limit: number }
  | { readonly type: 'refused'; readonly rule: 'min_education'; readonly limit: Education }
  | { readonly type: 'refused'; readonly rule: 'domicile'; readonly limit: readonly string[] }
  | { readonly type: 'refused'; readonly rule: 'guardian' }

/** Below this age somebody else registers the person. */
const ownAge = 17

/** The oldest that anybody is taken to be: what is older was mistyped. */
const oldest = 120

/** Holds a person against the rules of a course, on the day of the moment in Kupang. */
export function judgeEligibility(course: Rules, person: Candidate, now: Date): Eligibility {
  const ages = agesOf(person.birth, now)
  if (ages === undefined) return { type: 'need_date' }
  const needs = [
    atLeast(ages, course.minAge ?? 0, { type: 'refused', rule: 'min_age', limit: course.minAge ?? 0 }),
    atMost(ages, course.maxAge),
    educationOf(course, person),
    domicileOf(course, person),
    person.forWhom === 'self' ? atLeast(ages, ownAge, { type: 'refused', rule: 'guardian' }) : fits,
  ]
  // A rule that refuses for certain is told at once: a date would change nothing.
  return (
    needs.find(({ type }) => type === 'refused') ?? needs.find(({ type }) => type === 'need_date') ?? fits
  )
}

/** The ages that a person of that birth date or year may have on the day of the moment; undefined for what is no such date. */
export function agesOf(birth: string, now: Date): { youngest: number; oldest: number } | undefined {
  if (!/^\d{4}(-\d{2}-\d{2})?$/.test(birth)) return undefined
  const today = isoDay(dayInWita(now))
  const [first, last] = birth.length === 4 ? [`${birth}-01-01`, `${birth}-12-31`] : [birth, birth]
  const ages = { youngest: Math.max(0, ageOn(today, last)), oldest: ageOn(today, first) }
  return ages.oldest < 0 || ages.youngest > oldest ? undefined : ages
}

const fits = { type: 'fits' } as const

function ageOn(today: string, birth: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4))
  return today.slice(5) < birth.slice(5) ? years - 1 : years
}

type Ages = NonNullable<ReturnType<typeof agesOf>>

function atLeast({ youngest, oldest }: Ages, limit: number, refusal: Eligibility): Eligibility {
  if (oldest < limit) return refusal
  return youngest < limit ? { type: 'need_date' } : fits
}

function atMost({ youngest, oldest }: Ages, limit: number | undefined): Eligibility {
  if (limit === undefined) return fits
  if (youngest > limit) return { type: 'refused', rule: 'max_age', limit }
  return oldest > limit ? { type: 'need_date' } : fits
}

function educationOf({ minEducation }: Rules, { education }: Candidate): Eligibility {
  if (minEducation === undefined) return fits
  const isEnough = educations.indexOf(education) >= educations.indexOf(minEducation)
  return isEnough ? fits : { type: 'refused', rule: 'min_education', limit: minEducation }
}

function domicileOf({ domicile }: Rules, { kelurahan }: Candidate): Eligibility {
  const isInside = domicile.some((code) => kelurahan === code || kelurahan.startsWith(`${code}.`))
  return domicile.length === 0 || isInside ? fits : { type: 'refused', rule: 'domicile', limit: domicile }
}
