import { parseProblems } from '../../language/parsed.ts'
import { at, type Check } from '../draft.ts'

const codes: readonly string[] = parseProblems

/** Every problem that a parser may find has a text, and every such text a problem. */
export const problemText: Check = ({ system, systemPath, nodes }) => [
  ...[...nodes.values()].flatMap((node) =>
    Object.keys(node.step.kind === 'ask' ? node.step.problems : {})
      .filter((code) => !codes.includes(code))
      .map((code) => at(node, `problems.${code}: no parser finds this problem`)),
  ),
  ...codes
    .filter((code) => system.problems[code] === undefined)
    .map((code) => ({ file: systemPath, step: '', what: `problems.${code}: the text is missing` })),
  ...Object.keys(system.problems)
    .filter((code) => !codes.includes(code))
    .map((code) => ({ file: systemPath, step: '', what: `problems.${code}: no parser finds this problem` })),
]
