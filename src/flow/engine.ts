import { wordsOfButton } from './button-words.ts'
import type { FlowSet } from './flow-set.ts'
import { hearText } from './hear.ts'
import { hearLost } from './hear-lost.ts'
import type { Input } from './input.ts'
import { keepPlace } from './keep-place.ts'
import { currentStep, finish, type Play, startPlay, update } from './play.ts'
import { receiveLocation, receiveMedia, receiveUnreadable } from './receive.ts'
import { pressButton, takeOutcome } from './respond.ts'
import { goalsOf, type Session } from './session.ts'
import type { Turn } from './turn.ts'
import { open } from './walk.ts'

/**
 * Moves a session on by one input. Pure: the same flows, session and input give the same turn. Throws only when
 * a flow loops without waiting, or when the program opens a step that does not exist.
 */
export function advance(flows: FlowSet, session: Session, input: Input): Turn {
  const play = startPlay(flows, session)
  if (input.type === 'open') {
    keepPlace(play, input.to)
    open(play, input.to, input.values)
  } else if (isLost(play)) hearLost(play, spoken(input))
  else hear(play, input)
  return finish(play)
}

/** Whether the next text answers a secret step, so that it must be neither stored nor logged. */
export function asksSecret(flows: FlowSet, session: Session): boolean {
  const step = currentStep(startPlay(flows, session))
  return step?.kind === 'ask' && step.secret
}

/** A button of words is a text to whoever lost their place. */
function spoken(input: Exclude<Input, { type: 'open' }>): Exclude<Input, { type: 'open' }> {
  const words = input.type === 'choice' ? wordsOfButton(input.value) : undefined
  return words === undefined ? input : { type: 'text', text: words, now: input.now }
}

function hear(play: Play, input: Exclude<Input, { type: 'open' }>): void {
  switch (input.type) {
    case 'text':
      hearText(play, input.text, input.now)
      return
    case 'choice':
      pressButton(play, input.value, input.now)
      return
    case 'media':
      receiveMedia(play, input)
      return
    case 'location':
      receiveLocation(play, input.latitude, input.longitude)
      return
    case 'unreadable':
      receiveUnreadable(play, input.what)
      return
    case 'outcome':
      takeOutcome(play, input.outcome, input.values)
      return
  }
}

/** Whether an edit of the flows left the person without a place to stand. */
function isLost(play: Play): boolean {
  const { session, flows } = play
  if (goalsOf(session).some(({ to }) => !flows.steps.has(to))) return true
  if (session.flow === null) return false
  const flow = flows.flows.get(session.flow)
  const step = currentStep(play)
  if (flow === undefined || step === undefined) return true
  if (flow.hash === session.hash) return false
  // The step may now rely on values that nobody asked this person for.
  const given = flows.given.get(step.path) ?? []
  if (given.some((name) => !(name in session.values))) return true
  update(play, { hash: flow.hash })
  return false
}
