import type { ActionContext, ActionResult } from '../../flow/action.ts'
import { formatDate, formatMoment } from '../../language/format.ts'
import type { Transaction } from '../../storage/database.ts'
import { isOpen, isPublic } from '../course.ts'
import type { BrowseDeps } from './browse-deps.ts'
import { standingOf } from './course-facts.ts'

/** Whether the contact may begin to register for a course, and what they told of themselves the last time. */
export async function beginRegistration(
  deps: BrowseDeps,
  context: ActionContext<Transaction>,
  number: number,
): Promise<ActionResult> {
  const { transaction, now } = context
  const course = await deps.store.course(transaction, number)
  if (course === undefined || !isPublic(course)) return { outcome: 'gone', values: {} }
  const { title, contact } = course
  if (!isOpen(course, now)) {
    // Seats do not matter: only whether it is yet to open.
    const isSoon = standingOf(course, course.seats, now) === 'soon'
    return isSoon
      ? { outcome: 'soon', values: { title, contact, opens: formatMoment(course.opensAt) } }
      : { outcome: 'closed', values: { title, contact } }
  }
  const begun = { title, answers: [], consent: deps.words().consent.text.trim() }
  const known = await recall(deps, context)
  return known === undefined
    ? { outcome: 'ready', values: begun }
    : { outcome: 'known', values: { ...begun, ...known } }
}

/** What the contact told of themselves at their last registration; that it was looked up is in the trail. */
async function recall(
  { store, browse, words, language, audit }: BrowseDeps,
  { transaction, contactId, now }: ActionContext<Transaction>,
) {
  const number = await browse.lastOwn(transaction, contactId)
  if (number === undefined) return undefined
  const registration = await store.registration(transaction, number)
  const details = await store.details(transaction, number)
  if (registration === undefined || details === undefined) return undefined
  const { kelurahan, education } = registration
  const { name, birth } = details
  await audit.record(transaction, {
    at: now,
    actor: { type: 'resident', id: contactId },
    action: 'training.recall',
    subject: String(number),
  })
  return {
    name,
    birth,
    birth_label: formatDate(birth),
    kelurahan,
    kelurahan_label: language.places.byCode(kelurahan)?.name ?? kelurahan,
    education,
    education_label: words().educations[education],
  }
}
