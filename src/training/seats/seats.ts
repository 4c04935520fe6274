import type { Course, Quota } from '../course.ts'
import type { Registration } from '../registration.ts'

/** What of a person quotas look at. */
export type Applicant = Pick<Registration, 'kelurahan' | 'gender' | 'desil'>

type Plan = Pick<Course, 'seats' | 'quotas'>

/** Whether a seat is free for the person beside those who are seated: in all, and in every group the person belongs to. */
export function hasSeat({ seats, quotas }: Plan, seated: readonly Applicant[], person: Applicant): boolean {
  if (seated.length >= seats) return false
  return quotas.every((quota) => !isOf(quota, person) || countOf(quota, seated) < quota.seats)
}

/** The seats that are free in all; never below zero. */
export function freeSeats({ seats }: Pick<Plan, 'seats'>, seated: readonly Applicant[]): number {
  return Math.max(0, seats - seated.length)
}

/** The groups, or the course in all (undefined), that have fewer seats than are taken. */
export function overfull(
  { seats, quotas }: Plan,
  seated: readonly Applicant[],
): readonly (Quota | undefined)[] {
  const whole = seated.length > seats ? [undefined] : []
  return [...whole, ...quotas.filter((quota) => countOf(quota, seated) > quota.seats)]
}

/** How many of some people are in a quota's group. */
export function countOf(quota: Quota, people: readonly Applicant[]): number {
  return people.filter((person) => isOf(quota, person)).length
}

/** Whether the person is in the quota's group. */
function isOf({ by, values }: Quota, { kelurahan, gender, desil }: Applicant): boolean {
  switch (by) {
    case 'kelurahan':
      return values.includes(kelurahan)
    case 'kecamatan':
      return values.some((code) => kelurahan.startsWith(`${code}.`))
    case 'gender':
      return gender !== undefined && values.includes(gender)
    case 'desil':
      return desil !== undefined && values.includes(String(desil))
  }
}
