import { at, type Check, type Draft } from '../draft.ts'
import type { Problem } from '../problem.ts'

/** Every loop waits for the person somewhere. */
export const endlessLoop: Check = (draft) => {
  const done = new Set<string>()
  const problems: Problem[] = []
  for (const path of draft.nodes.keys()) walk(draft, path, [], done, problems)
  return problems
}

function walk(
  draft: Draft,
  path: string,
  trail: readonly string[],
  done: Set<string>,
  problems: Problem[],
): void {
  const from = trail.indexOf(path)
  if (from >= 0) {
    const node = draft.nodes.get(path)
    const loop = [...trail.slice(from), path].join(' → ')
    if (node !== undefined) problems.push(at(node, `loops without waiting for the person: ${loop}`))
    return
  }
  if (done.has(path)) return
  for (const edge of draft.nodes.get(path)?.edges ?? []) {
    if (!edge.waits) walk(draft, edge.to, [...trail, path], done, problems)
  }
  done.add(path)
}
