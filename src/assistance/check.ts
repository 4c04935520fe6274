import type { AuditTrail } from '../staff/audit-trail.ts'
import { answerOf, isoDate, outcomeOf } from './answer.ts'
import type { Asker, CheckResult, CheckWay } from './check-answer.ts'
import { isoDay } from './city-time.ts'
import { countedSince, guessesADay, lockedUntil } from './limits.ts'
import type { Secrets } from './secrets.ts'
import type { CheckStore, KeyKind, ListInForce, ListKey, StoredPerson, Transaction } from './store.ts'

export interface CheckDeps {
  readonly store: CheckStore
  readonly audit: AuditTrail<Transaction>
  readonly secrets: Secrets
  /** A list older than this is called old. */
  readonly staleAfterDays: number
  /** From so many chats on, failures on one subject within 24 hours raise an alarm. */
  readonly alarmChats?: number
}

/** What was typed, and how it is looked up. */
export interface LookUp {
  readonly way: CheckWay
  /** The text of what was typed that stands for the person or code asked about. */
  readonly subject: string
  readonly kind: KeyKind
  /** What to look for in the lists; at least one key, so that nothing found takes the same queries. */
  keys(transaction: Transaction, lists: readonly ListInForce[]): Promise<readonly ListKey[]>
  /** Leaves those that fit, on any of the lists; of one list they are one person or one household. */
  choose(persons: readonly StoredPerson[], lists: readonly ListInForce[]): readonly StoredPerson[]
  /** Whether the person could be found by trying: then wrong tries from any chats close this way to them for a day. */
  readonly guessable?: boolean
  /** From so many chats on, failures on the subject within 24 hours raise an alarm; a few by default. */
  readonly alarmChats?: number
  /** Hears that somebody was found. */
  found?(transaction: Transaction): Promise<void>
}

const day = 86_400_000

/**
 * Runs a check in the caller's transaction: the limits first, then the look-up, then its record and its line in the audit
 * trail. What is not found takes the same queries whatever the reason.
 */
export function createRunCheck(deps: CheckDeps) {
  const { store, secrets } = deps
  return async (transaction: Transaction, asker: Asker, lookUp: LookUp): Promise<CheckResult> => {
    const { now, chatId } = asker
    const lists = await store.enter(transaction, chatId)
    if (lists === undefined) throw new Error('a check needs its chat')
    const typed = secrets.hash('subject', `${lookUp.way}:${lookUp.subject}`)
    const answer = (result: CheckResult) => record(deps, transaction, asker, lookUp, typed, result)
    const [newest] = lists
    const { past, failures, persons: found } = await ask(store, transaction, asker, lookUp, lists, typed)
    const until = lockedUntil(past, now)
    if (until !== undefined) return answer({ outcome: 'locked', until: isoDay(until) })
    if (newest === undefined) return answer({ outcome: 'not_loaded' })
    // Guessed at too often, from whatever chats: then even what is right is not found this way any more.
    const isGuessed = lookUp.guessable === true && failures >= guessesADay
    const persons = isGuessed ? [] : lookUp.choose(found, lists)
    const list = lists.find(({ id }) => persons.some(({ listId }) => listId === id))
    if (list === undefined) {
      return answer({ outcome: 'not_found', lists: { list: newest.title, asOf: isoDate(newest.asOf) } })
    }
    await lookUp.found?.(transaction)
    const own = persons.filter(({ listId }) => listId === list.id)
    const told = answerOf(own, list, secrets.open)
    const outcome = outcomeOf(told, deps.staleAfterDays, now)
    return record(deps, transaction, asker, lookUp, householdSubject(secrets, own), { outcome, found: told })
  }
}

async function ask(
  store: CheckStore,
  transaction: Transaction,
  { chatId, now }: Asker,
  { kind, keys }: LookUp,
  lists: readonly ListInForce[],
  typed: Uint8Array<ArrayBuffer>,
): Promise<Awaited<ReturnType<CheckStore['pastAndPersons']>>> {
  const since = countedSince(now)
  if (lists.length === 0)
    return { past: await store.past(transaction, chatId, since), failures: 0, persons: [] }
  const subject = { hash: typed, since: new Date(now.getTime() - day) }
  return store.pastAndPersons(transaction, chatId, since, subject, kind, await keys(transaction, lists))
}

/** However a household is asked about, it is one subject: relatives who check each other are not strangers. */
function householdSubject(secrets: Secrets, persons: readonly StoredPerson[]): Uint8Array<ArrayBuffer> {
  const hash = persons[0]?.householdHash ?? new Uint8Array()
  return secrets.hash('subject', `household:${Buffer.from(hash).toString('hex')}`)
}

async function record(
  deps: CheckDeps,
  transaction: Transaction,
  asker: Asker,
  lookUp: LookUp,
  subjectHash: Uint8Array<ArrayBuffer>,
  result: CheckResult,
): Promise<CheckResult> {
  const { contactId, chatId, now } = asker
  const { way } = lookUp
  const { outcome } = result
  const failed = outcome === 'not_found'
  await deps.store.addAttempt(transaction, { contactId, chatId, way, outcome, failed, subjectHash, at: now })
  await deps.audit.record(transaction, {
    at: now,
    actor: { type: 'resident', id: contactId },
    action: 'assistance.check',
    subject: Buffer.from(subjectHash).toString('hex'),
    outcome,
    details: { way },
  })
  if (failed) await watch(deps, transaction, lookUp, subjectHash, now)
  return result
}

async function watch(
  deps: CheckDeps,
  transaction: Transaction,
  { alarmChats = deps.alarmChats ?? 5 }: LookUp,
  subjectHash: Uint8Array<ArrayBuffer>,
  now: Date,
) {
  const since = new Date(now.getTime() - day)
  const chats = await deps.store.chatsFailing(transaction, subjectHash, since)
  if (chats < alarmChats) return
  await deps.store.raiseAlarm(transaction, {
    kind: 'many_chats_one_person',
    subjectHash,
    details: { chats, hours: 24 },
    at: now,
  })
}
