import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import { type Course, isPublic } from '../course.ts'
import type { PersonTraits } from '../person.ts'
import {
  activeStates,
  isIn,
  type Registration,
  type RegistrationState,
  standingStates,
} from '../registration.ts'
import { otherTraining } from '../seats/other-training.ts'
import { hasSeat, type Applicant as Seated } from '../seats/seats.ts'
import type { Decision, Left, ManyDone } from '../training-desk.ts'
import type { ApplicantDeskDeps } from './applicant-desk-deps.ts'
import { judgeDecision, takesSeat } from './judge-decision.ts'
import type { StoredApplicant } from './store-applicants.ts'

/** What an officer decides about people of a course that is locked. */
export interface Deciding {
  readonly transaction: Transaction
  readonly viewer: Officer
  readonly course: Course
  readonly decision: Decision
  readonly reason: string | undefined
  /** The registrations whose people are locked. */
  readonly locked: ReadonlySet<number>
  readonly now: Date
}

/** Somebody whose registration goes to another state. */
export interface Moved {
  readonly registration: Registration
  readonly to: RegistrationState
}

/** What comes of a decision, before anything is done. `same`: how many were so before. */
export interface Judged {
  readonly moved: readonly Moved[]
  readonly same: number
  readonly left: ManyDone['left']
}

type Verdict =
  | { readonly type: 'move'; readonly to: RegistrationState }
  | { readonly type: 'same' }
  | { readonly type: 'left'; readonly why: Left }

/** Holds everybody against the decision in turn: who has a seat by then counts for whoever comes after. */
export async function judgeApplicants(
  deps: Pick<ApplicantDeskDeps, 'store'>,
  deciding: Deciding,
  people: ReadonlyMap<number, StoredApplicant>,
  numbers: readonly number[],
): Promise<Judged> {
  const seated = [...(await deps.store.seated(deciding.transaction, deciding.course.number))]
  const moved: Moved[] = []
  const left: ManyDone['left'][number][] = []
  let same = 0
  for (const number of new Set(numbers)) {
    const applicant = people.get(number)
    const verdict = await judge(deps, deciding, applicant, seated)
    if (verdict.type === 'same') same += 1
    else if (verdict.type === 'left')
      left.push({ number, name: applicant?.details?.name ?? '', why: verdict.why })
    else if (applicant !== undefined) {
      const { registration } = applicant
      if (takesSeat(registration.state, verdict.to)) seated.push(registration)
      moved.push({ registration, to: verdict.to })
    }
  }
  return { moved, same, left }
}

async function judge(
  deps: Pick<ApplicantDeskDeps, 'store'>,
  deciding: Deciding,
  applicant: StoredApplicant | undefined,
  seated: readonly Seated[],
): Promise<Verdict> {
  if (applicant === undefined) return { type: 'left', why: 'unknown' }
  const traits = traitsOf(applicant)
  if (traits === undefined || !isPublic(deciding.course)) return { type: 'left', why: 'over' }
  // Nobody waits for a course that has begun: whoever does is let go.
  const isForWaiting = ['screen', 'interview', 'reserve'].includes(deciding.decision)
  if (isForWaiting && deciding.course.state === 'running') return { type: 'left', why: 'over' }
  const { registration } = applicant
  const verdict = judgeDecision(deciding.decision, registration.state)
  if (verdict.type !== 'move') return verdict
  const move = { registration, to: verdict.to }
  const why = lackOf(deciding.course, move, seated) ?? (await obstacleOf(deps, deciding, { ...move, traits }))
  return why === undefined ? verdict : { type: 'left', why }
}

/** What tells the person of a registration from others; undefined once erased. */
export function traitsOf({
  registration: { kelurahan },
  details,
}: StoredApplicant): PersonTraits | undefined {
  return details === undefined ? undefined : { name: details.name, birth: details.birth, kelurahan }
}

/** What keeps a person from coming back in: that they registered anew meanwhile, or are in another training. */
async function obstacleOf(
  { store }: Pick<ApplicantDeskDeps, 'store'>,
  { transaction, course, locked, now }: Deciding,
  { registration: { number, state }, to, traits }: Moved & { readonly traits: PersonTraits },
): Promise<Left | undefined> {
  if (!isIn(state, standingStates) && isIn(to, standingStates)) {
    const [other] = await store.ofPerson(transaction, traits, { courseNumber: course.number })
    if (other !== undefined) return 'over'
  }
  if (isIn(state, activeStates) || !isIn(to, activeStates)) return undefined
  // It was another when people were locked: whoever decides looks again.
  if (course.exclusive && !locked.has(number)) return 'not_ready'
  const other = await otherTraining(store, transaction, course, traits, now)
  return other === undefined ? undefined : 'busy'
}

function lackOf(course: Course, { registration, to }: Moved, seated: readonly Seated[]): Left | undefined {
  if (!takesSeat(registration.state, to) || hasSeat(course, seated, registration)) return undefined
  return seated.length >= course.seats ? 'full' : 'quota'
}
