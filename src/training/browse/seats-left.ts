import { type Course, genders, type Quota } from '../course.ts'
import { type Applicant, countOf, freeSeats } from '../seats/seats.ts'

type Plan = Pick<Course, 'seats' | 'quotas' | 'domicile'>

/**
 * How many seats may still be taken by whoever comes: those that are free in all, but no more than the groups have left where
 * everybody who may apply is in one of them. `city` holds the codes of all its kelurahan.
 */
export function seatsLeft(plan: Plan, seated: readonly Applicant[], city: readonly string[]): number {
  const byGender = plan.quotas.filter(({ by }) => by === 'gender')
  const byArea = plan.quotas.filter(({ by }) => by === 'kelurahan' || by === 'kecamatan')
  const isInSome = (code: string, quotas: readonly Quota[]) =>
    quotas.some(({ values }) => values.some((value) => isInside(code, value)))
  const mayApply = city.filter(
    (code) => plan.domicile.length === 0 || plan.domicile.some((area) => isInside(code, area)),
  )
  const covering = [
    ...(genders.every((gender) => isInSome(gender, byGender)) ? [byGender] : []),
    ...(mayApply.length > 0 && mayApply.every((code) => isInSome(code, byArea)) ? [byArea] : []),
  ]
  return Math.min(freeSeats(plan, seated), ...covering.map((quotas) => leftOf(quotas, seated)))
}

function leftOf(quotas: readonly Quota[], seated: readonly Applicant[]): number {
  return quotas.reduce((sum, quota) => sum + Math.max(0, quota.seats - countOf(quota, seated)), 0)
}

function isInside(code: string, area: string): boolean {
  return code === area || code.startsWith(`${area}.`)
}
