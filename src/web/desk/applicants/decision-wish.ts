import { hasIdentifier } from '../../../language/identifier.ts'
import { type Decision, decisions } from '../../../training/training-desk.ts'
import { longestReason } from './applicant-deps.ts'
import type { ApplicantTexts } from './applicant-texts.ts'

type Fields = Readonly<Record<string, string>>

/** What an officer wants decided, as the form says it. */
export interface DecisionWish {
  readonly decision: Decision
  /** As the person reads it. */
  readonly reason: string | undefined
}

/** What is missing or wrong in the form; words for each are in `refused`. */
export type DecisionProblem = 'decision' | 'reason' | 'reason_text' | 'reason_number' | 'reason_long'

/** The code of the choice that asks for a reason of one's own. */
export const ownReason = 'lain'

/** Reads the form: a decision, and a reason that is ready or written, or a ready one with something written to it. */
export function readDecision(
  texts: Pick<ApplicantTexts, 'reasons'>,
  fields: Fields,
): DecisionWish | DecisionProblem {
  const decision = decisions.find((name) => name === fields.putusan)
  if (decision === undefined) return 'decision'
  const ready = texts.reasons.find(({ code }) => code === fields.alasan)?.text
  const written = fields[messageField(decision)] ?? fields.keterangan ?? ''
  const own = written.replaceAll(/\s+/g, ' ').trim()
  if (fields.alasan === ownReason && own === '') return 'reason_text'
  const reason = [ready, own === '' ? undefined : own].filter((part) => part !== undefined).join(' ')
  if (reason === '' && decision === 'reject') return 'reason'
  // It goes into a chat.
  if (hasIdentifier(reason)) return 'reason_number'
  if (reason.length > longestReason) return 'reason_long'
  return { decision, reason: reason === '' ? undefined : reason }
}

/** The field of a message that goes with a decision, where the forms of several stand on one page. */
export function messageField(decision: Decision): string {
  return `keterangan_${decision}`
}

/** The fields that a decision was read of, to be sent once more from the next page. */
export function decisionFields({ putusan = '', alasan = '', keterangan = '' }: Fields): Fields {
  return { putusan, alasan, keterangan }
}
