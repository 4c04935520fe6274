import { commandWords } from '../command-words.ts'
import { at, type Check } from '../draft.ts'

/** A label that is also a command leads where the command leads, for the command is heard first. */
export const labelLikeCommand: Check = (draft) => {
  const commands = commandWords(draft.system, draft.fold)
  const goesTo = new Map(
    Object.entries(draft.system.commands).map(([name, command]) => [
      name,
      'goes_to' in command ? draft.resolve(command.goes_to, '') : undefined,
    ]),
  )
  return [...draft.nodes.values()].flatMap((node) => {
    const { step } = node
    if (step.kind !== 'choose') return []
    return step.options.flatMap(({ label, words, goes_to }) =>
      [label, ...words].flatMap((word) => {
        const command = commands.get(draft.fold(word))
        if (command === undefined || goesTo.get(command) === draft.resolve(goes_to, node.flow)) return []
        return [at(node, `"${word}" is the command ${command}, which leads elsewhere`)]
      }),
    )
  })
}
