import type { FlowSet } from './flow-set.ts'
import { numberedStep } from './numbered-step.ts'

/** Whether words open a step for sure, wherever a person stands: a command, a word of a flow, or a word with a number behind it. */
export function opensByWords(flows: FlowSet, words: string): boolean {
  const folded = flows.language.normalise(words).text
  return flows.commands.has(folded) || flows.opens.has(folded) || numberedStep(flows, folded) !== undefined
}
