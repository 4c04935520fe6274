import { dataFlow } from '../data-flow.ts'
import { at, type Check } from '../draft.ts'
import { textsOf } from '../step-texts.ts'
import { parseTemplate } from '../template.ts'

/** What a secret step asked is never said back, nor offered as a list. */
export const secretInText: Check = (draft) => {
  const flow = dataFlow(draft)
  return [...draft.nodes.values()].flatMap((node) => {
    const facts = flow.get(node.path)
    const listed = node.step.kind === 'choose_row' ? [node.step.from] : []
    const sent = 'picture' in node.step && node.step.picture !== undefined ? [node.step.picture] : []
    const said = textsOf(node.step).flatMap(({ text }) => parseTemplate(text).names)
    return [...new Set([...said, ...sent, ...listed])]
      .filter((name) => facts?.get(name)?.secret === true)
      .map((name) => at(node, `"${name}" is the answer to a secret question and must not be shown`))
  })
}
