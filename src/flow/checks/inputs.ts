import { dataFlow, type Facts } from '../data-flow.ts'
import { at, type Check, type Draft, type Node } from '../draft.ts'
import type { Problem } from '../problem.ts'
import { describeShape, fits, type KeyShape, type Shape, shapesOf, typeOf } from '../value-shape.ts'

/** A `do` gives its action every input that is required. */
export const missingInput: Check = (draft) =>
  eachCall(draft, (node, given, inputs) =>
    [...inputs]
      .filter(([key, { required }]) => required && given[key] === undefined)
      .map(([key]) => at(node, `input "${key}" is missing`)),
  )

/** A `do` gives its action no input that it does not take. */
export const unknownInput: Check = (draft) =>
  eachCall(draft, (node, given, inputs) =>
    Object.keys(given)
      .filter((key) => !inputs.has(key))
      .map((key) => at(node, `the action takes no input "${key}"`)),
  )

/** Every input has the type that the action takes. */
export const wrongInput: Check = (draft) => {
  const flow = dataFlow(draft)
  return eachCall(draft, (node, given, inputs) =>
    Object.entries(given).flatMap(([key, source]) => {
      const wanted = inputs.get(key)
      const shape = shapeOf(source, flow.get(node.path))
      if (wanted === undefined || shape === undefined || fits(shape, wanted)) return []
      return [at(node, `input "${key}" takes ${describeShape(wanted)}, but may get ${describeShape(shape)}`)]
    }),
  )
}

type Given = Extract<Node['step'], { kind: 'do' }>['with']

function eachCall(
  { nodes, actions }: Draft,
  check: (node: Node, given: Given, inputs: ReadonlyMap<string, KeyShape>) => readonly Problem[],
): readonly Problem[] {
  return [...nodes.values()].flatMap((node) => {
    const action = node.step.kind === 'do' ? actions[node.step.do] : undefined
    if (node.step.kind !== 'do' || action === undefined) return []
    return check(node, node.step.with, shapesOf(action.inputs, 'input'))
  })
}

function shapeOf(source: Given[string], facts: Facts | undefined): Shape | undefined {
  return typeof source === 'string' ? facts?.get(source) : { types: new Set([typeOf(source.literal)]) }
}
