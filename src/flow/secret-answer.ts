import type { AskStep, FlowSet } from './flow-set.ts'
import { currentStep, startPlay } from './play.ts'
import { isSentKind } from './sent-kind.ts'
import type { Session } from './session.ts'

/** How a text reads to a secret question. `other`: it may hold the secret, and says more or something else. */
export type SecretAnswer = 'not_asked' | 'answer' | 'other'

interface Said {
  readonly text: string
  readonly now: Date
}

/** An answer in words is short: what is longer says something besides, which is not to be lost with it. */
const longestAnswer = 5

/** Whether a text reads as the answer to the secret question where the session stands, or to the one that was left for another. */
export function secretAnswer(flows: FlowSet, session: Session, said: Said): SecretAnswer {
  const step = secretStep(currentStep(startPlay(flows, session)))
  if (step === undefined) return keptAnswer(flows, session, said)
  return answers(flows, step, said) ? 'answer' : 'other'
}

/**
 * The same for the secret question of a form that was left open while the program or the person opened something else: the person
 * may not have seen that yet, and answers what they were asked before.
 */
export function keptAnswer(flows: FlowSet, session: Session, said: Said): SecretAnswer {
  const { kept } = session
  const step = kept === null ? undefined : secretStep(flows.flows.get(kept.flow)?.steps.get(kept.step))
  if (step === undefined || !answers(flows, step, said)) return 'not_asked'
  const words = said.text.trim().split(/\s+/).length
  return words > longestAnswer && /\p{Nd}/u.test(said.text) ? 'other' : 'answer'
}

function secretStep(step: ReturnType<typeof currentStep>): AskStep | undefined {
  return step?.kind === 'ask' && step.secret ? step : undefined
}

function answers({ language }: FlowSet, { as }: AskStep, { text, now }: Said): boolean {
  return !isSentKind(as) && language.parse(as, text, { now }).type !== 'problem'
}
