import type { FlowSet } from './flow-set.ts'
import { keyOfButton } from './key.ts'
import { startPlay } from './play.ts'
import { openPicks } from './question.ts'
import type { Session } from './session.ts'

/** The label of a button of the question that is open; undefined when the button is of an earlier one. */
export function pressedLabel(flows: FlowSet, session: Session, value: string): string | undefined {
  const play = startPlay(flows, session)
  const key = keyOfButton(play, value)
  return openPicks(play).find((pick) => pick.key === key)?.label
}
