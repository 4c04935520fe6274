import type { z } from 'zod'
import type { ActionContext, ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { dayInWita, isoDay, MONTHS } from '../../language/format.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Course } from '../course.ts'
import type { trainingContracts } from '../training-contracts.ts'
import type { BrowseDeps } from './browse-deps.ts'
import { labelCourses, mostListed } from './course-labels.ts'
import type { CourseNarrow } from './store-browse.ts'

type Context = ActionContext<Transaction>
type By = z.infer<typeof trainingContracts.list_grounds.inputs>['by']

/** So many courses are looked through for what they can be narrowed by. */
const mostSearched = 500
const districtLength = '53.71.01'.length
const month = /^(\d{4})-(\d{2})$/

/** Courses that one may register for now or later. */
export async function listCourses(
  deps: BrowseDeps,
  { transaction, now }: Context,
  { by, value }: z.infer<typeof trainingContracts.list_courses.inputs>,
): Promise<ActionResult> {
  const narrow = narrowBy(by, value)
  if (narrow === undefined) return { outcome: 'none', values: {} }
  const found = await deps.browse.upcoming(transaction, now, mostListed, narrow)
  if (found.length === 0) return { outcome: 'none', values: {} }
  return { outcome: 'some', values: { courses: await labelCourses(deps, transaction, found, now) } }
}

/** What courses can be narrowed by, so that something is left. */
export async function listGrounds(
  deps: BrowseDeps,
  { transaction, now }: Context,
  by: By,
): Promise<ActionResult> {
  const found = await deps.browse.upcoming(transaction, now, mostSearched)
  const values = new Set(found.flatMap((course) => groundOf(by, course) ?? []))
  const grounds = orderOf(deps, by, values)
  return grounds.length === 0 ? { outcome: 'none', values: {} } : { outcome: 'some', values: { grounds } }
}

/** Undefined: no course is so. */
function narrowBy(by: By | 'all', value: string): CourseNarrow | undefined {
  if (by === 'all') return {}
  if (by === 'subject') return { subject: value }
  if (by === 'kecamatan') return { kecamatan: value }
  const [, year, number] = month.exec(value) ?? []
  if (year === undefined || number === undefined || Number(number) < 1 || Number(number) > 12)
    return undefined
  return { from: firstOf(Number(year), Number(number)), until: firstOf(Number(year), Number(number) + 1) }
}

/** The beginning of a month in Kupang. */
function firstOf(year: number, number: number): Date {
  const first = isoDay({ year: year + Math.floor((number - 1) / 12), month: ((number - 1) % 12) + 1, day: 1 })
  return new Date(`${first}T00:00:00+08:00`)
}

function groundOf(by: By, { subject, kelurahan, startsAt }: Course): string | undefined {
  if (by === 'subject') return subject
  if (by === 'kecamatan') return kelurahan?.slice(0, districtLength)
  return isoDay(dayInWita(startsAt)).slice(0, 'YYYY-MM'.length)
}

function orderOf(deps: BrowseDeps, by: By, found: ReadonlySet<string>): { value: string; label: string }[] {
  if (by === 'month') {
    return [...found].toSorted().map((value) => ({ value, label: monthLabel(deps, value) }))
  }
  const known = by === 'subject' ? subjectsOf(deps) : districtsOf(deps)
  return known.filter(({ value }) => found.has(value))
}

function subjectsOf({ words }: BrowseDeps) {
  return Object.entries(words().subjects).map(([value, { title }]) => ({ value, label: title }))
}

function districtsOf({ language }: BrowseDeps) {
  return language.places.districts.map((label) => {
    const inside = language.places.all.find(({ district }) => district === label)
    return { value: inside?.code.slice(0, districtLength) ?? '', label }
  })
}

function monthLabel({ texts }: BrowseDeps, value: string): string {
  const [, year = '', number = ''] = month.exec(value) ?? []
  return fill(texts().labels.month, { month: MONTHS[Number(number) - 1] ?? '', year })
}
