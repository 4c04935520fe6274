import type { IncomingContent } from '../channels/channel.ts'
import type { FlowSet } from '../flow/flow-set.ts'
import { currentStep, startPlay } from '../flow/play.ts'
import { keptAnswer, type SecretAnswer } from '../flow/secret-answer.ts'
import type { Session } from '../flow/session.ts'
import { hidden } from './transcript.ts'

/** A text as others may read it: nothing of an answer to a secret question, and no figure of what may hold one. */
export function withoutSecret(text: string, answer: SecretAnswer): string {
  if (answer === 'answer') return hidden
  return answer === 'other' ? text.replace(/\p{Nd}+/gu, '#') : text
}

/**
 * The message as a step may take it that passes it on to others: without what answers the secret question of a form that was left.
 * Any other step is given all of it.
 */
export function withoutKeptSecret(
  flows: FlowSet,
  session: Session,
  content: IncomingContent,
  now: Date,
): IncomingContent {
  const step = currentStep(startPlay(flows, session))
  if (step?.kind !== 'ask' || step.as !== 'text' || step.secret) return content
  const without = (text: string) => withoutSecret(text, keptAnswer(flows, session, { text, now }))
  if (content.type === 'text') return { ...content, text: without(content.text) }
  return content.type === 'media' ? { ...content, caption: without(content.caption) } : content
}
