import type { StepFile } from './flow-file.ts'

/** A way out of a step as its author wrote it. `via` says which: an outcome, an option, or the key it is under. */
export interface WayOut {
  readonly target: string
  readonly via: string
  /** Whether the person must answer first. */
  readonly waits: boolean
}

/** Every way out of a step, in the order of the file. */
export function waysOut(step: StepFile): readonly WayOut[] {
  switch (step.kind) {
    case 'say':
      return [{ target: step.next, via: 'next', waits: false }]
    case 'ask':
      return [
        { target: step.next, via: 'next', waits: true },
        ...Object.entries(step.problems).map(([via, target]) => ({ target, via, waits: true })),
      ]
    case 'choose':
      return [
        ...step.options.map(({ goes_to, label }) => ({ target: goes_to, via: label, waits: true })),
        ...otherwise(step),
      ]
    case 'choose_row':
      return [
        { target: step.next, via: 'next', waits: true },
        { target: step.empty, via: 'empty', waits: false },
        ...otherwise(step),
      ]
    case 'do':
      return Object.entries(step.outcomes).map(([via, target]) => ({ target, via, waits: false }))
    case 'handoff':
      return step.next === undefined ? [] : [{ target: step.next, via: 'next', waits: false }]
    case 'end':
      return []
  }
}

function otherwise({
  otherwise: way,
}: Extract<StepFile, { kind: 'choose' | 'choose_row' }>): readonly WayOut[] {
  return way === undefined ? [] : [{ target: way.goes_to, via: 'otherwise', waits: true }]
}
