import type { FlowSet } from './flow-set.ts'
import { numberedStep } from './numbered-step.ts'
import type { CommandName } from './system-file.ts'

/** Commands that only end or undo something: whoever is offered them under another name would lose by it. */
const undoing: readonly (CommandName | undefined)[] = ['berhenti', 'batal', 'kembali']

/**
 * Whether words open a step for sure, wherever a person stands: a command that leads somewhere, a word of a flow, or a word with a
 * number behind it.
 */
export function opensByWords(flows: FlowSet, words: string): boolean {
  const folded = flows.language.normalise(words).text
  const command = flows.commands.get(folded)
  if (undoing.includes(command)) return false
  return command !== undefined || flows.opens.has(folded) || numberedStep(flows, folded) !== undefined
}
