import { currentStep, keptPlace, type Play, update } from './play.ts'
import { askAgain } from './question.ts'

/** Remembers the form a person stands in before they are taken elsewhere, so that it can be gone on with. */
export function keepPlace(play: Play, to: string): void {
  const step = currentStep(play)
  if (step?.kind !== 'ask' || step.extra || to.startsWith(`${step.flow}/`)) return
  const { flow, step: id, hash, values, secrets, trail } = play.session
  if (flow !== null && id !== null) update(play, { kept: { flow, step: id, hash, values, secrets, trail } })
}

/** Forgets the form that was left. */
export function forgetPlace(play: Play): void {
  if (play.session.kept !== null) update(play, { kept: null })
}

/** Goes on with the form that was left. False when there is none, or it was edited since. */
export function resumePlace(play: Play): boolean {
  const kept = keptPlace(play)
  if (kept === null) return false
  update(play, { ...kept, kept: null, page: 0, misses: 0, calls: 0, pending: null })
  askAgain(play, { fresh: true })
  return true
}
