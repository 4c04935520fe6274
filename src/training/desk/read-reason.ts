import { hasIdentifier } from '../../language/identifier.ts'
import { text } from './tidy-plan.ts'

const least = 3
const most = 300

/** A reason that people are told: 3 to 300 characters and no number of a person; undefined when it is none. */
export function readReason(written: string): string | undefined {
  if (hasIdentifier(written)) return undefined
  const reason = text(written)
  const { length } = [...reason]
  return length >= least && length <= most ? reason : undefined
}
