import { at, type Check } from '../draft.ts'

/** Every step can be reached from the start of a flow, a command, an intent or an entrance. */
export const unreachableStep: Check = ({ nodes, entrances }) => {
  const reached = new Set<string>()
  const queue = [...entrances.keys()]
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    queue.push(...(nodes.get(path)?.edges.map(({ to }) => to) ?? []))
  }
  return [...nodes.values()]
    .filter(({ path }) => !reached.has(path))
    .map((node) => at(node, 'cannot be reached from any start'))
}
