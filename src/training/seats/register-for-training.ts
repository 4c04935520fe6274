import type { z } from 'zod'
import type { ActionContext, ActionResult } from '../../flow/action.ts'
import { withoutIdentifiers } from '../../language/identifier.ts'
import type { Transaction } from '../../storage/database.ts'
import { dayText } from '../browse/course-text.ts'
import { type Course, isOpen, isPublic } from '../course.ts'
import type { Registration, RegistrationDetails } from '../registration.ts'
import { lacksGroups, takeGroups } from '../told-groups.ts'
import type { trainingContracts } from '../training-contracts.ts'
import type { TrainingDeps } from '../training-deps.ts'
import { arrivalOf } from './arrival.ts'
import { beginText, resultBy } from './course-words.ts'
import { judgeEligibility } from './eligibility.ts'
import { HELPED_DAYS, MOST_ELSEWHERE, MOST_HELPED, MOST_HELPED_IN_COURSE } from './limits.ts'
import { otherTitle, otherTraining } from './other-training.ts'
import { type RefusalDeps, refusalText } from './refusal-text.ts'
import type { Reception } from './registration-change.ts'
import { noteResidentDeed, residentOf } from './resident-deed.ts'

type Deps = Pick<TrainingDeps, 'store' | 'audit'> & RefusalDeps
type Context = ActionContext<Transaction>

/** The answers to the usual questions. */
type Form = z.infer<typeof trainingContracts.register.inputs>

/** What is kept of a form: what was written, and apart from it what quotas ask. */
interface Applying {
  readonly form: Form
  readonly details: RegistrationDetails
  /** What tells the person from others. */
  readonly person: Pick<RegistrationDetails, 'name' | 'birth'> & { readonly kelurahan: string }
  readonly groups: Pick<Registration, 'kelurahan' | 'gender' | 'desil'>
}

/** What stands against a registration: ahead of all else, or only where the person is not in the course already. */
interface Hindrance {
  readonly comesFirst: boolean
  readonly result: ActionResult
}

/**
 * Registers a person for a course: with a seat, for an officer to choose, or at the end of the waiting list. The caller holds the
 * chat; numbers of one course are in the order of arrival.
 */
export async function registerForTraining(deps: Deps, context: Context, form: Form): Promise<ActionResult> {
  const result = await register(deps, context, readForm(deps, form))
  const { number } = result.values
  // Of what is answered so the contact's own are counted.
  const contact = result.outcome === 'elsewhere' ? context.contactId : undefined
  const subject = typeof number === 'number' ? number : contact
  return noteResidentDeed(deps, context, 'registration.create', result, subject)
}

async function register(deps: Deps, context: Context, applying: Applying): Promise<ActionResult> {
  const { store } = deps
  const { transaction, contactId, now } = context
  const { form, person } = applying
  // Looked at first, so that whoever cannot register waits for nobody.
  const seen = await store.seeCourse(transaction, form.course_id)
  const obstacle = obstacleOf(deps, seen?.course, form, now)
  if (seen === undefined || obstacle !== undefined) return obstacle ?? gone
  await store.lockContact(transaction, contactId)
  await store.lockPerson(transaction, person)
  const hindrance = await hindranceOf(deps, context, applying, seen.course)
  if (hindrance?.comesFirst === true) return hindrance.result
  // From here on everybody else who wants into the course waits.
  const course = await store.lockSeen(transaction, seen)
  const newObstacle = obstacleOf(deps, course, form, now)
  if (course === undefined || newObstacle !== undefined) return newObstacle ?? gone
  const reception = await store.reception(transaction, course.number, person)
  const known = reception.isKnown ? await knownAs(deps, context, applying, course) : undefined
  return known ?? hindrance?.result ?? arrive(deps, context, applying, course, reception)
}

const gone: ActionResult = { outcome: 'gone', values: {} }

/** What the course itself has against it. */
function obstacleOf(
  deps: Deps,
  course: Course | undefined,
  { for_whom, birth, kelurahan, education, answers }: Form,
  now: Date,
): ActionResult | undefined {
  if (course === undefined || !isPublic(course)) return gone
  if (!isOpen(course, now)) return refusal(course, 'closed')
  if (lacksGroups(course, answers)) return { outcome: 'unanswered', values: {} }
  const judged = judgeEligibility(course, { forWhom: for_whom, birth, kelurahan, education }, now)
  if (judged.type === 'need_date') return { outcome: 'need_date', values: {} }
  return judged.type === 'fits' ? undefined : refusal(course, 'refused', { rule: refusalText(deps, judged) })
}

/**
 * What stands against it in other courses: of what the contact did not register themself only that something does. The caller has
 * locked the contact and the person.
 */
async function hindranceOf(
  { store }: Deps,
  { transaction, contactId, now }: Context,
  { person }: Applying,
  course: Course,
): Promise<Hindrance | undefined> {
  const since = new Date(now.getTime() - HELPED_DAYS * 86_400_000)
  const where = { courseNumber: course.number, since, now }
  const background = await store.background(transaction, contactId, person, where)
  // Whoever asked about one person after the other is told nothing more of anybody.
  if (background.elsewhere >= MOST_ELSEWHERE) return { comesFirst: true, result: refusal(course, 'too_many') }
  const later = (result: ActionResult) => ({ comesFirst: false, result })
  if (background.mayBeElsewhere) {
    const other = await otherTraining(store, transaction, course, person, now)
    if (other !== undefined && other.contactId !== contactId) return later(refusal(course, 'elsewhere'))
    if (other !== undefined) {
      const title = await otherTitle(store, transaction, other, contactId)
      return later(refusal(course, 'busy', { other: title }))
    }
  }
  const bar = background.mayBeBarred ? await store.bar(transaction, person, now) : undefined
  if (bar !== undefined && bar.contactId !== contactId) return later(refusal(course, 'elsewhere'))
  if (bar !== undefined) return later(refusal(course, 'barred', { until: dayText(bar.until) }))
  const { helped, helpedInCourse } = background
  const isTooMany = helped >= MOST_HELPED || helpedInCourse >= MOST_HELPED_IN_COURSE
  return isTooMany ? later(refusal(course, 'too_many')) : undefined
}

/** What is told of whoever is in already: of a registration from elsewhere nothing. */
async function knownAs(
  { store, words }: Deps,
  { transaction, contactId }: Context,
  { person }: Applying,
  course: Course,
): Promise<ActionResult | undefined> {
  const known = await store.ofPerson(transaction, person, { courseNumber: course.number })
  if (known.length === 0) return undefined
  const own = known.find((registration) => registration.contactId === contactId)
  if (own === undefined) return refusal(course, 'elsewhere')
  const { number, state } = own
  return { outcome: 'again', values: { number, title: course.title, status: words().states[state] } }
}

/** Puts the person into the course, which is locked. */
async function arrive(
  { store, words }: Deps,
  context: Context,
  { form, details, groups }: Applying,
  course: Course,
  { seated, waiting }: Reception,
): Promise<ActionResult> {
  const { transaction, contactId, chatId, now } = context
  const line = () => store.line(transaction, course.number)
  const state = await arrivalOf(course, seated, line, groups)
  const registration = {
    ...{ ...groups, details, contactId, chatId: BigInt(chatId), state },
    courseNumber: course.number,
    forWhom: form.for_whom,
    education: form.education,
    consentVersion: words().consent.version,
  }
  const number = await store.create(transaction, registration, residentOf(context), now)
  const { title, place } = course
  switch (state) {
    case 'accepted':
      return { outcome: state, values: { number, title, schedule: beginText(course), place } }
    case 'registered':
      return { outcome: state, values: { number, title, result_by: resultBy(course) } }
    case 'reserve':
      return { outcome: 'waiting', values: { number, title, place_in_line: waiting + 1 } }
  }
}

function refusal({ title, contact }: Course, outcome: string, more: ActionResult['values'] = {}) {
  return { outcome, values: { title, contact, ...more } }
}

function readForm({ words }: Deps, form: Form): Applying {
  const { birth, kelurahan, phone } = form
  const name = withoutIdentifiers(form.name.trim())
  const { answers, ...told } = takeGroups(form.answers, words())
  const details = {
    ...{ name, birth },
    reason: withoutIdentifiers(form.reason.trim()),
    phone: phone === null || phone === '' ? undefined : phone,
    answers: answers.map((each) => ({ ...each, answer: withoutIdentifiers(each.answer) })),
  }
  return { form, details, person: { name, birth, kelurahan }, groups: { kelurahan, ...told } }
}
