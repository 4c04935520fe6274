import { MISSES_BEFORE_OTHER_WAY, MISSES_BEFORE_PERSON } from './limits.ts'
import { leadWith, leadWithText, type Play, update } from './play.ts'
import { askAside } from './question.ts'
import { openMenu, repeat } from './walk.ts'

/** Says why an answer was not taken and asks again. After some misses in a row it offers a person, then other ways. */
export function missed(play: Play, why: string): void {
  update(play, { misses: play.session.misses + 1 })
  leadWith(play, why)
  if (play.session.misses >= MISSES_BEFORE_OTHER_WAY) {
    askAside(play, { type: 'stuck' })
    return
  }
  if (play.session.misses >= MISSES_BEFORE_PERSON) leadWithText(play, 'offer_person')
  repeat(play)
}

/** Says that a text was not understood; the menu follows when nothing is open. */
export function notUnderstood(play: Play): void {
  const misses = play.session.misses + 1
  update(play, { misses })
  leadWithText(play, misses >= MISSES_BEFORE_PERSON ? 'not_understood_again' : 'not_understood')
  if (play.session.flow === null && play.session.pending === null) openMenu(play)
  else repeat(play)
}
