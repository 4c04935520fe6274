import { commandWords } from '../command-words.ts'
import type { Check } from '../draft.ts'

/** A word opens one flow only, and is no command. */
export const duplicateOpensWith: Check = (draft) => {
  const owners = new Map<string, string>()
  const numbered = new Map<string, string>()
  const commands = commandWords(draft.system, draft.fold)
  const twice = draft.files.flatMap(({ file, flow, opens_with_number }) =>
    Object.keys(opens_with_number).flatMap((word) => {
      const folded = draft.fold(word)
      const owner = numbered.get(folded)
      numbered.set(folded, owner ?? flow)
      if (owner === undefined) return []
      return [{ file, step: '', what: `opens_with_number "${word}" already opens ${owner}` }]
    }),
  )
  const opening = draft.files.flatMap(({ file, flow, opens_with }) =>
    opens_with.flatMap((word) => {
      const folded = draft.fold(word)
      const owner = owners.get(folded)
      const command = commands.get(folded)
      owners.set(folded, owner ?? flow)
      if (owner !== undefined)
        return [{ file, step: '', what: `opens_with "${word}" already opens ${owner}` }]
      return command === undefined
        ? []
        : [{ file, step: '', what: `opens_with "${word}" is the command ${command}` }]
    }),
  )
  return [...opening, ...twice]
}
