import { isIn, pendingStates, type RegistrationState, seatedStates, standingStates } from '../registration.ts'
import type { Decision, Left } from '../training-desk.ts'

/** What a decision does with a registration: where it goes, that it is so already, or why it stays. */
export type Verdict =
  | { readonly type: 'move'; readonly to: RegistrationState }
  | { readonly type: 'same' }
  | { readonly type: 'left'; readonly why: Extract<Left, 'over' | 'not_ready'> }

type From = Readonly<Partial<Record<RegistrationState, RegistrationState>>>

const waiting = ['reserve', ...pendingStates] as const
const mayBeRejected = standingStates.filter((state) => state !== 'certified')

/** Where a decision takes a registration from each state. */
const leads: Readonly<Record<Decision, From>> = {
  screen: all(['registered', 'interview'], 'screened'),
  interview: all(['registered', 'screened'], 'interview'),
  // Also whoever did not answer an offer, or was refused.
  accept: all([...waiting, 'offered', 'rejected', 'lapsed'], 'accepted'),
  reserve: all([...pendingStates, 'rejected'], 'reserve'),
  reject: all(mayBeRejected, 'rejected'),
  withdraw: { ...all(waiting, 'cancelled'), ...all(['offered', 'accepted', 'attending'], 'withdrawn') },
}

const targets: Readonly<Record<Decision, readonly RegistrationState[]>> = {
  screen: ['screened'],
  interview: ['interview'],
  accept: ['accepted'],
  reserve: ['reserve'],
  reject: ['rejected'],
  withdraw: ['cancelled', 'withdrawn'],
}

const graded: readonly RegistrationState[] = ['passed', 'not_passed', 'certified']

/** Judges by the state alone; seats and other trainings are the caller's to look at. */
export function judgeDecision(decision: Decision, state: RegistrationState): Verdict {
  const to = leads[decision][state]
  if (to !== undefined) return { type: 'move', to }
  if (isIn(state, targets[decision])) return { type: 'same' }
  const isOver = !isIn(state, standingStates) || isIn(state, graded)
  return { type: 'left', why: isOver ? 'over' : 'not_ready' }
}

/** Whether a move takes one of the seats that are left. */
export function takesSeat(from: RegistrationState, to: RegistrationState): boolean {
  return isIn(to, seatedStates) && !isIn(from, seatedStates)
}

function all(states: readonly RegistrationState[], to: RegistrationState): From {
  return Object.fromEntries(states.map((state) => [state, to]))
}
