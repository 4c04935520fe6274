import type { AlarmStore } from '../alarm-store.ts'
import { attemptLimits } from './attempt-limit.ts'
import type { AttemptStore, CountedAttempt } from './attempt-store.ts'
import type { StaffSecret } from './secret-store.ts'
import type { SessionStore } from './session-store.ts'

/** A line for the trail. `by` is an officer's id; without it nobody is known to have done it. */
export interface SignInNote {
  readonly action: string
  readonly by?: string
  readonly subject?: string
  readonly outcome?: string
  readonly details?: Readonly<Record<string, string | number>>
}

/** How an attempt ended: wrong, right so far, or signed in. */
export type Verdict<T> =
  | { readonly type: 'wrong' }
  | { readonly type: 'right' | 'signed_in'; readonly value: T }

/** An attempt at somebody's account. */
export interface Attempt {
  /** Of an account or of none: nobody is told which. */
  readonly login: string
  readonly network: string
  /** What was tried, for the trail. */
  readonly action: string
}

/** Lets only so many attempts fail, for each login and for each network, and tells of it. */
export interface Guard {
  try<T>(
    attempt: Attempt,
    work: () => Promise<Verdict<T>>,
  ): Promise<Verdict<T> | { readonly type: 'locked'; readonly until: Date }>
}

/** What the guard watches with. */
export interface GuardDeps {
  readonly attempts: AttemptStore
  readonly store: Pick<SessionStore, 'account' | 'countFailure'>
  readonly secret: StaffSecret
  readonly alarms: Pick<AlarmStore, 'raise'>
  readonly now: () => Date
  note(entry: SignInNote): Promise<void>
}

/** Makes the guard. */
export function createGuard(deps: GuardDeps): Guard {
  const { attempts, secret, now } = deps
  return {
    async try(attempt, work) {
      const network = await attempts.begin(
        secret.hash('address', attempt.network),
        attemptLimits.address,
        now(),
      )
      if (network.type === 'locked') return network
      const login = await attempts.begin(secret.hash('login', attempt.login), attemptLimits.login, now())
      // A lock is not looked behind: whoever waits before it has not failed once more.
      if (login.type === 'locked') {
        await attempts.takeBack(network)
        return login
      }
      try {
        const verdict = await work()
        if (verdict.type === 'wrong') return await fail(deps, attempt, { login, network })
        if (verdict.type === 'right') {
          await attempts.takeBack(login)
          await attempts.takeBack(network)
          return verdict
        }
        // What somebody mistyped on the way in is not to be laid at the door of the whole office either.
        await attempts.takeBack(network, Math.max(1, await attempts.clear(login.key)))
        return verdict
      } catch (error) {
        await attempts.takeBack(network)
        await attempts.takeBack(login)
        throw error
      }
    },
  }
}

/** The attempts at the two things that are counted. */
interface Counted {
  readonly login: CountedAttempt
  readonly network: CountedAttempt
}

async function fail(deps: GuardDeps, attempt: Attempt, counted: Counted) {
  const known = (await deps.store.account(attempt.login))?.id
  const subject = known ?? nameOf(counted.login)
  await deps.store.countFailure(attempt.login)
  await deps.note({ action: attempt.action, subject, outcome: 'refused' })
  await tellOfLock(deps, counted.login, { subject, of: 'login' })
  await tellOfLock(deps, counted.network, { subject: nameOf(counted.network), of: 'address' })
  const { lock } = counted.login
  return lock === undefined ? ({ type: 'wrong' } as const) : ({ type: 'locked', until: lock.until } as const)
}

async function tellOfLock(
  { alarms, note, now }: GuardDeps,
  counted: CountedAttempt,
  { subject, of }: { readonly subject: string; readonly of: 'login' | 'address' },
): Promise<void> {
  if (counted.lock === undefined) return
  const { until, locks } = counted.lock
  await note({ action: 'staff.lock', subject, details: { of, locks, until: until.toISOString() } })
  const details = { of, locks: String(locks) }
  await alarms.raise({ kind: 'sign_in_locked', subject: nameOf(counted), details, at: now() })
}

function nameOf({ key }: CountedAttempt): string {
  return Buffer.from(key).toString('hex')
}
