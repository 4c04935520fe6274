import type { Values } from './action.ts'
import { wordsOfButton } from './button-words.ts'
import { goByWord } from './elsewhere.ts'
import { hearText } from './hear.ts'
import { keyOfButton } from './key.ts'
import { pick } from './pick.ts'
import { currentStep, leadWithText, type Play, save } from './play.ts'
import { enter, openMenu, repeat } from './walk.ts'

/** Takes a button. One of an earlier question is refused politely and the open question asked again. */
export function pressButton(play: Play, value: string, now: Date): void {
  const words = wordsOfButton(value)
  if (words !== undefined) {
    pressWords(play, words, now)
    return
  }
  const key = keyOfButton(play, value)
  if (key !== undefined && pick(play, key)) return
  leadWithText(play, 'stale_button')
  if (play.session.flow === null && play.session.pending === null) openMenu(play)
  else repeat(play)
}

/** The same as writing the words, but that a word of a flow always opens it: whoever presses it does not answer what is asked. */
function pressWords(play: Play, words: string, now: Date): void {
  if (!goByWord(play, play.flows.language.normalise(words).text)) hearText(play, words, now)
}

/** Goes on with the outcome of the action that the session waits for. */
export function takeOutcome(play: Play, outcome: string, values: Values): void {
  const step = currentStep(play)
  // An outcome that nobody waits for comes from a turn that was overtaken: the open question stands.
  if (step?.kind !== 'do') {
    repeat(play)
    return
  }
  const to = step.outcomes.get(outcome)
  if (to === undefined) {
    leadWithText(play, 'busy')
    openMenu(play)
    return
  }
  save(play, values, false)
  enter(play, to)
}
