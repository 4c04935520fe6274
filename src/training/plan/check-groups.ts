import type { Places } from '../../language/places.ts'
import { type CoursePlan, genders, type Quota, quotaGrounds } from '../course.ts'
import type { CourseProblem } from './course-problem.ts'

const mostQuotas = 60

/** What is wrong with the groups that a plan speaks of: where applicants may live, and quotas. */
export function checkGroups(
  { domicile, quotas, seats }: Pick<CoursePlan, 'domicile' | 'quotas' | 'seats'>,
  places: Places,
): readonly CourseProblem[] {
  const kelurahan = new Set(places.all.map(({ code }) => code))
  const kecamatan = new Set(places.all.map(({ code }) => code.split('.').slice(0, 3).join('.')))
  const isKnown = (by: Quota['by'], value: string): boolean => {
    switch (by) {
      case 'kelurahan':
        return kelurahan.has(value)
      case 'kecamatan':
        return kecamatan.has(value)
      case 'gender':
        return genders.some((gender) => gender === value)
      case 'desil':
        return /^(?:[1-9]|10)$/.test(value)
    }
  }
  const areaProblems = domicile
    .filter((code) => !kelurahan.has(code) && !kecamatan.has(code))
    .map((value): CourseProblem => ({ code: 'domicile', field: 'domicile', details: { value } }))
  const tooMany: readonly CourseProblem[] =
    quotas.length > mostQuotas
      ? [{ code: 'quota', field: 'quotas', details: { why: 'many', most: mostQuotas } }]
      : []
  const taken = new Set<string>()
  return [
    ...areaProblems,
    ...tooMany,
    ...quotas.slice(0, mostQuotas).flatMap((quota, index) => {
      const field = `quotas.${index}`
      const isTaken = quota.values.filter((value) => hasTaken(taken, `${quota.by} ${value}`))
      return checkQuota(quota, { seats, isKnown, isTaken }).map((problem) => ({ ...problem, field }))
    }),
  ]
}

/** Whether the key was taken before; it is from now on. */
function hasTaken(taken: Set<string>, key: string): boolean {
  const was = taken.has(key)
  taken.add(key)
  return was
}

/** `why` in the details of `quota`: `ground`, `seats`, `empty`, `unknown` or `twice`; the value that is meant with it. */
function checkQuota(
  { by, values, seats }: Quota,
  given: {
    readonly seats: number
    readonly isKnown: (by: Quota['by'], value: string) => boolean
    readonly isTaken: readonly string[]
  },
): readonly Omit<CourseProblem, 'field'>[] {
  const quota = (details: CourseProblem['details']) => ({ code: 'quota', details }) as const
  if (!quotaGrounds.includes(by)) return [quota({ why: 'ground' })]
  const unknown = values.filter((value) => !given.isKnown(by, value))
  const isSeats = Number.isInteger(seats) && seats >= 1
  return [
    ...(isSeats ? [] : [quota({ why: 'seats' })]),
    ...(isSeats && seats > given.seats
      ? [{ code: 'quota_above_seats', details: { seats, most: given.seats } } as const]
      : []),
    ...(values.length === 0 ? [quota({ why: 'empty' })] : []),
    ...unknown.map((value) => quota({ why: 'unknown', value })),
    ...given.isTaken.map((value) => quota({ why: 'twice', value })),
  ]
}
