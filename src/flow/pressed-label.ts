import { wordsOfButton } from './button-words.ts'
import type { FlowSet } from './flow-set.ts'
import { keyOfButton } from './key.ts'
import { startPlay } from './play.ts'
import { openPicks } from './question.ts'
import type { Session } from './session.ts'

/** What a button says: the label of one of the question that is open, or its words; undefined when it is of an earlier question. */
export function pressedLabel(flows: FlowSet, session: Session, value: string): string | undefined {
  const words = wordsOfButton(value)
  if (words !== undefined) return words
  const play = startPlay(flows, session)
  const key = keyOfButton(play, value)
  return openPicks(play).find((pick) => pick.key === key)?.label
}
