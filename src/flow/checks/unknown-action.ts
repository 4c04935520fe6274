import { at, type Check } from '../draft.ts'

/** Every `do` names an action that exists. */
export const unknownAction: Check = ({ nodes, actions }) =>
  [...nodes.values()].flatMap((node) =>
    node.step.kind === 'do' && actions[node.step.do] === undefined
      ? [at(node, `there is no action "${node.step.do}"`)]
      : [],
  )
