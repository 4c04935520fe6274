/** What is wrong with a flow, and where. `step` is empty when the whole file is meant. */
export interface Problem {
  readonly file: string
  readonly step: string
  readonly what: string
}

/** A problem as one line: `flows/bansos.yaml: steps.check: outcome "locked" is not mapped`. */
export function formatProblem(problem: Problem): string {
  return problem.step === ''
    ? `${problem.file}: ${problem.what}`
    : `${problem.file}: steps.${problem.step}: ${problem.what}`
}
