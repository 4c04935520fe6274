import type { FlowSet } from './flow-set.ts'

/** The steps that no turn visited, as `flow/step`, in the order of the flows. */
export function stepCoverage(flows: FlowSet, visited: Iterable<string>): readonly string[] {
  const seen = new Set(visited)
  return [...flows.steps.keys()].filter((path) => !seen.has(path))
}
