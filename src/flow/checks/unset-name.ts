import { dataFlow } from '../data-flow.ts'
import { at, type Check, type Node } from '../draft.ts'
import { textsOf } from '../step-texts.ts'
import { parseTemplate } from '../template.ts'

/** Every `{{name}}` and every input of an action is set on each way to the step. */
export const unsetName: Check = (draft) => {
  const flow = dataFlow(draft)
  return [...draft.nodes.values()].flatMap((node) => {
    const facts = flow.get(node.path)
    // A step that cannot be reached is reported as that.
    if (facts === undefined) return []
    return usedNames(node)
      .filter(({ name }) => !facts.has(name))
      .map(({ how }) => at(node, `${how} is not set on every way here`))
  })
}

function usedNames({ step }: Node): readonly { readonly name: string; readonly how: string }[] {
  const inTexts = textsOf(step).flatMap(({ text }) => parseTemplate(text).names)
  const picture = 'picture' in step && step.picture !== undefined ? [step.picture] : []
  const inputs = step.kind === 'do' ? Object.values(step.with) : []
  return [
    ...[...new Set(inTexts)].map((name) => ({ name, how: `{{${name}}}` })),
    ...picture.map((name) => ({ name, how: `"${name}"` })),
    ...inputs.flatMap((source) => (typeof source === 'string' ? [{ name: source, how: `"${source}"` }] : [])),
  ]
}
