import { judgeDecision } from '../../../training/desk/judge-decision.ts'
import type { RegistrationState } from '../../../training/registration.ts'
import { type Decision, decisions } from '../../../training/training-desk.ts'

/** What can be decided about a registration in a state, as far as the state alone tells. */
export function decisionsOf(state: RegistrationState): readonly Decision[] {
  return decisions.filter((decision) => judgeDecision(decision, state).type === 'move')
}
