import type { AskStep } from './flow-set.ts'
import type { Input } from './input.ts'
import { MAX_INCOMING_LENGTH } from './limits.ts'
import { accept } from './pick.ts'
import { currentStep, leadWith, type Play } from './play.ts'
import { repeat } from './walk.ts'

type SentMedia = Extract<Input, { type: 'media' }>

/** Takes a picture or a file where one was asked for or may come with a text; a picture will do where a document was. */
export function receiveMedia(play: Play, sent: SentMedia): void {
  const { mediaType: type, mediaId: id } = sent
  const step = currentStep(play)
  if (step?.kind !== 'ask') receiveUnreadable(play, type)
  else if (step.photo !== undefined) acceptWithPhoto(play, step, sent)
  else if (step.as === type || (step.as === 'document' && type === 'photo'))
    accept(play, step, { value: id, label: id })
  else receiveUnreadable(play, type)
}

/** A photo is an answer, whatever its words would mean alone; after a text that may be an addition it is one more. */
function acceptWithPhoto(play: Play, step: AskStep, { caption, mediaId: photo, now }: SentMedia): void {
  const { pending } = play.session
  const parsed = play.flows.language.parse('text', caption.slice(0, MAX_INCOMING_LENGTH), { now })
  const added = parsed.type === 'value' ? String(parsed.value) : ''
  const before = pending?.type === 'extra' ? String(pending.answer.value) : ''
  const words = [before, added].filter((part) => part !== '').join('\n')
  accept(play, step, { value: words, label: words, photo })
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
