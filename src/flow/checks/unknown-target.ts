import { at, type Check } from '../draft.ts'
import type { Problem } from '../problem.ts'

/** Every `next`, `goes_to`, `empty`, outcome and start leads to a step that exists. */
export const unknownTarget: Check = (draft) => [
  ...[...draft.nodes.values()].flatMap((node) =>
    node.edges
      .filter(({ to }) => !draft.nodes.has(to))
      .map(({ target, via }) => at(node, `"${via}" leads to "${target}", which is not a step`)),
  ),
  ...draft.files.flatMap((file): Problem[] =>
    [file.start, ...Object.keys(file.entrances), ...Object.values(file.opens_with_number)]
      .filter((id) => !file.steps.has(id))
      .map((id) => ({ file: file.file, step: id, what: 'is named as an entrance but is not a step' })),
  ),
]
