import { at, type Check } from '../draft.ts'

/** A `do` maps every outcome of its action. */
export const unmappedOutcome: Check = ({ nodes, actions }) =>
  [...nodes.values()].flatMap((node) => {
    const { step } = node
    if (step.kind !== 'do') return []
    return Object.keys(actions[step.do]?.outcomes ?? {})
      .filter((outcome) => step.outcomes[outcome] === undefined)
      .map((outcome) => at(node, `outcome "${outcome}" of ${step.do} is not mapped`))
  })

/** A `do` maps no outcome that its action does not have. */
export const unknownOutcome: Check = ({ nodes, actions }) =>
  [...nodes.values()].flatMap((node) => {
    const { step } = node
    const action = step.kind === 'do' ? actions[step.do] : undefined
    if (step.kind !== 'do' || action === undefined) return []
    return Object.keys(step.outcomes)
      .filter((outcome) => action.outcomes[outcome] === undefined)
      .map((outcome) => at(node, `${step.do} has no outcome "${outcome}"`))
  })
