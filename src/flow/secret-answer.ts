import type { FlowSet } from './flow-set.ts'
import { currentStep, startPlay } from './play.ts'
import { isSentKind } from './sent-kind.ts'
import type { Session } from './session.ts'

/** Whether a text reads as the answer to the secret question where the session stands; `not_asked` where none stands. */
export function secretAnswer(
  flows: FlowSet,
  session: Session,
  said: { readonly text: string; readonly now: Date },
): 'not_asked' | 'answer' | 'other' {
  const step = currentStep(startPlay(flows, session))
  if (step?.kind !== 'ask' || !step.secret) return 'not_asked'
  if (isSentKind(step.as)) return 'other'
  return flows.language.parse(step.as, said.text, { now: said.now }).type === 'problem' ? 'other' : 'answer'
}
