import { at, type Check, type Draft, type Node } from '../draft.ts'
import { flowOf } from '../flow-of.ts'

/** From every step there is a way to the menu or to a person: an end may also tell the word that leads there. */
export const noWayOut: Check = (draft) => {
  const homes = new Set(
    [draft.system.commands.menu.goes_to, draft.system.commands.petugas.goes_to].map(flowOf),
  )
  const out = new Set<string>()
  for (const node of draft.nodes.values()) {
    if (homes.has(node.flow) || leadsOut(draft, node)) out.add(node.path)
  }
  for (let grew = true; grew; ) {
    const before = out.size
    for (const { path, edges } of draft.nodes.values()) {
      if (edges.some(({ to }) => out.has(to))) out.add(path)
    }
    grew = out.size > before
  }
  return [...draft.nodes.values()]
    .filter(({ path }) => !out.has(path))
    .map((node) => at(node, 'has no way to the menu or to a person'))
}

function leadsOut({ system, fold }: Draft, { step }: Node): boolean {
  // Who has nothing to add at an extra question is shown the menu.
  if (step.kind === 'handoff' || (step.kind === 'ask' && step.extra)) return true
  if (step.kind !== 'end' || step.end === true) return false
  const said = ` ${fold(step.end)} `
  return [...system.commands.menu.words, ...system.commands.petugas.words].some((word) =>
    said.includes(` ${fold(word)} `),
  )
}
