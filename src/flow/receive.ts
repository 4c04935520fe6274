import { accept } from './pick.ts'
import { currentStep, leadWith, type Play } from './play.ts'
import { repeat } from './walk.ts'

/** Takes a picture or a file where one was asked for; a picture will do where a document was. */
export function receiveMedia(play: Play, type: 'photo' | 'document', id: string): void {
  const step = currentStep(play)
  const asked = step?.kind === 'ask' && (step.as === type || (step.as === 'document' && type === 'photo'))
  if (asked) accept(play, step, { value: id, label: id })
  else receiveUnreadable(play, type)
}

/** Takes a place where one was asked for: `latitude,longitude`, and both under names of their own. */
export function receiveLocation(play: Play, latitude: number, longitude: number): void {
  const step = currentStep(play)
  if (step?.kind !== 'ask' || step.as !== 'location') {
    receiveUnreadable(play, 'location')
    return
  }
  const value = `${latitude},${longitude}`
  accept(play, step, { value, label: value, extra: { latitude, longitude } })
}

/** Says that this kind of message was not asked for or cannot be read, and asks again. */
export function receiveUnreadable(play: Play, what: string): void {
  const { unreadable } = play.flows.system
  leadWith(play, (Object.hasOwn(unreadable, what) ? unreadable[what] : undefined) ?? unreadable.other ?? '')
  repeat(play)
}
