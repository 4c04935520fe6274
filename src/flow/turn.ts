import type { Values } from './action.ts'
import type { Message } from './message.ts'
import type { Session } from './session.ts'

interface AnyTurn {
  /** The session to store. */
  readonly session: Session
  readonly messages: readonly Message[]
  /** Steps that this turn entered, as `flow/step`. */
  readonly visited: readonly string[]
  /** The office or topic to hand the person over to. */
  readonly handoff: false | { readonly office: string }
}

/**
 * What came of one input. After `calling`, run the action and advance with its outcome; messages of the turns in
 * between are sent in order. After `ended` nothing is open; the session still counts prompts and misses.
 */
export type Turn =
  | (AnyTurn & { readonly type: 'waiting' })
  | (AnyTurn & { readonly type: 'calling'; readonly action: string; readonly input: Values })
  | (AnyTurn & { readonly type: 'ended' })
