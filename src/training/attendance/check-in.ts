import type { ActionContext, ActionResult } from '../../flow/action.ts'
import { parseClassCode } from '../../language/attendance-code.ts'
import { formatMoment } from '../../language/format.ts'
import type { AuditTrail } from '../../staff/audit-trail.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Session } from '../course.ts'
import type { TrainingSecrets } from '../person.ts'
import type { Doer } from '../registration.ts'
import type { TrainingStore } from '../store.ts'
import { type Attendee, classStates } from './attendee.ts'
import { isClassCode } from './class-code.ts'
import type { AttendanceStore, CourseClass } from './store-attendance.ts'

/** What taking attendance is given. */
export interface AttendanceDeps {
  readonly store: TrainingStore
  readonly attendance: AttendanceStore
  readonly secrets: Pick<TrainingSecrets, 'hash' | 'ids'>
  readonly audit: AuditTrail<Transaction>
  readonly now: () => Date
}

type Context = ActionContext<Transaction>

const mostTries = 5
const hourMs = 3_600_000

/** Notes by the code of a class that whoever the contact registered is there. After five wrong codes in an hour none is taken. */
export async function checkIn(
  deps: AttendanceDeps,
  context: Context,
  written: string,
): Promise<ActionResult> {
  const { attendance, secrets } = deps
  const { transaction, contactId, chatId, now } = context
  const classes = await attendance.classesNow(transaction, contactId, classStates, now)
  if (classes.length === 0) return refuse(deps, context, 'no_class')
  const since = new Date(now.getTime() - hourMs)
  if ((await attendance.countTries(transaction, BigInt(chatId), since)) >= mostTries) {
    return refuse(deps, context, 'locked')
  }
  const code = codeIn(written)
  const found =
    code === undefined
      ? undefined
      : classes.find(({ session }) => isClassCode(secrets, session.id, code, now))
  if (found === undefined) {
    // What holds no code was no guess.
    if (code !== undefined) await attendance.noteTry(transaction, BigInt(chatId), now, since)
    return refuse(deps, context, 'wrong')
  }
  return notePeople(deps, context, found)
}

async function notePeople(
  deps: AttendanceDeps,
  context: Context,
  { course, session }: CourseClass,
): Promise<ActionResult> {
  const { store, attendance, audit } = deps
  const { transaction, contactId, now } = context
  await store.lockCourse(transaction, course.number)
  const people = await attendance.people(transaction, course.number, classStates, contactId)
  // Whoever was taken out of the class a moment ago.
  if (people.length === 0) return refuse(deps, context, 'no_class')
  const by = { type: 'resident', contactId } as const
  const fresh = await notePresence(deps, transaction, { session, people, by, way: 'code', now })
  const outcome = people.length > 1 ? 'several' : fresh.length > 0 ? 'present' : 'already'
  for (const { registration } of people) {
    await audit.record(transaction, {
      at: now,
      actor: { type: 'resident', id: contactId },
      action: 'registration.check_in',
      subject: String(registration.number),
      outcome: fresh.includes(registration.number) ? 'present' : 'already',
      details: { session: Number(session.id) },
    })
  }
  const names = people.map(({ name }) => name).join(', ')
  const told = { title: course.title, session: sessionInWords(session) }
  return { outcome, values: outcome === 'several' ? { ...told, names } : { ...told, name: names } }
}

/** Notes that people were in a session, and that who is there for the first time takes part. Answers whom it was new of. */
export async function notePresence(
  { store, attendance }: Pick<AttendanceDeps, 'store' | 'attendance'>,
  transaction: Transaction,
  what: {
    readonly session: Session
    readonly people: readonly Attendee[]
    readonly by: Doer
    readonly way: 'code' | 'list'
    readonly now: Date
  },
): Promise<readonly number[]> {
  const { session, people, by, way, now } = what
  const numbers = people.map(({ registration }) => registration.number)
  const officer = by.type === 'officer' ? { by: by.name } : {}
  const fresh = await attendance.note(transaction, session.id, numbers, { way, at: now, ...officer })
  for (const { registration } of people) {
    if (registration.state === 'accepted') {
      await store.move(transaction, registration.number, 'attending', by, now)
    }
  }
  return fresh
}

/** The six digits that were meant; undefined where there are none, or several that might be. */
function codeIn(written: string): string | undefined {
  const parsed = parseClassCode(written)
  return parsed.type === 'value' ? String(parsed.value) : undefined
}

function sessionInWords({ title, startsAt }: Session): string {
  const moment = formatMoment(startsAt)
  return title === undefined ? moment : `${title} (${moment})`
}

async function refuse(
  { audit }: Pick<AttendanceDeps, 'audit'>,
  { transaction, contactId, now }: Context,
  outcome: 'wrong' | 'locked' | 'no_class',
): Promise<ActionResult> {
  const actor = { type: 'resident', id: contactId } as const
  await audit.record(transaction, { at: now, actor, action: 'registration.check_in', outcome })
  return { outcome, values: {} }
}
