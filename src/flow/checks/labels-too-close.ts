import { editDistance } from '../../language/distance.ts'
import { at, type Check, type Draft, type Node } from '../draft.ts'
import type { Problem } from '../problem.ts'

const TYPO = 1

/** The options of a choice can be told apart by typing their labels or words, even with a slip. */
export const labelsTooClose: Check = (draft) =>
  [...draft.nodes.values()].flatMap((node) => {
    const { step } = node
    if (step.kind !== 'choose') return []
    const named = step.options.flatMap(({ label, words }, index) =>
      [label, ...words].map((word) => ({ word, index, folded: draft.fold(word) })),
    )
    const pairs = named.flatMap((one, i) => named.slice(i + 1).map((other) => [one, other] as const))
    const close = pairs
      .filter(([one, other]) => one.index !== other.index && isClose(one.folded, other.folded))
      .map(([one, other]) =>
        at(node, `"${one.word}" and "${other.word}" are too close to tell apart by typing`),
      )
    return close.length > 0 ? close : mistakenLabels(draft, node, step.options)
  })

type Options = Extract<Node['step'], { kind: 'choose' }>['options']

function mistakenLabels(draft: Draft, node: Node, options: Options): readonly Problem[] {
  const labels = options.map(({ label }) => label)
  return labels.flatMap((label, index) => {
    const match = draft.language.matchOption(label, labels)
    if (match.type === 'one' && match.index === index) return []
    return [at(node, `typing "${label}" does not lead to that option alone`)]
  })
}

function isClose(one: string, other: string): boolean {
  return one === other || (one.length > 3 && other.length > 3 && editDistance(one, other, TYPO) <= TYPO)
}
