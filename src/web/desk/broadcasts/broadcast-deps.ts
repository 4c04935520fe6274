import type { Broadcast, BroadcastPlan, BroadcastState } from '../../../broadcast/broadcast.ts'
import type { BroadcastChannel } from '../../../broadcast/broadcast-channels.ts'
import type { BroadcastSettings, ChannelPace } from '../../../broadcast/broadcast-deps.ts'
import type { BroadcastDesk } from '../../../broadcast/broadcast-desk.ts'
import type { BroadcastWords } from '../../../broadcast/broadcast-words.ts'
import type { Media } from '../../../channels/channel.ts'
import type { Places } from '../../../language/places.ts'
import type { Officer } from '../../../staff/officer.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import type { BroadcastTexts } from './broadcast-texts.ts'

/** A file that officers send along; `mime` is what the content is. */
export interface BroadcastFile {
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly name?: string
}

/** What the pages of broadcasts are made of. */
export interface BroadcastPagesDeps {
  readonly texts: BroadcastTexts
  readonly desk: BroadcastDesk
  /** Variables and quiet hours. */
  readonly words: () => BroadcastWords
  /** Every topic that one can subscribe to, with what people call it. */
  readonly topics: () => ReadonlyMap<string, string>
  readonly places: Pick<Places, 'all' | 'byCode'>
  /** Courses that people may be registered for, the newest first. */
  readonly courses: () => Promise<readonly { readonly number: number; readonly title: string }[]>
  /** What the states of a registration are called. */
  readonly registrationStates: () => Readonly<Record<string, string>>
  readonly postChannels: readonly BroadcastChannel[]
  readonly settings: Pick<BroadcastSettings, 'approvalAbove' | 'canary' | 'canaryMinutes'>
  readonly paces: () => Promise<readonly ChannelPace[]>
  /** Keeps a file that was looked at already, until the form is saved with it; `broken`: it is no picture. */
  saveMedia(file: BroadcastFile, officer: Officer): Promise<Media | 'too_much' | 'broken'>
  /** A file that the officer sent or that goes along with a broadcast; undefined for every other, above all for what residents sent. */
  readMedia(id: string, officer: Officer): Promise<(BroadcastFile & { readonly media: Media }) | undefined>
  /** Where a code to see a broadcast leads: into the chats with the bot, with `uji 123456` written. */
  readonly testLinks: (code: string) => readonly { readonly label: string; readonly url: string }[]
  readonly now: () => Date
}

/** The number that a path names; undefined when it is none. */
export function numberOf({ context }: Pick<DeskVisit, 'context'>): number | undefined {
  return readNumber(context.req.param('number'))
}

/** A number of a course or broadcast as it is written; undefined when it is none. */
export function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}

/** A route for whoever writes broadcasts. */
export function route(
  method: DeskRoute['method'],
  path: string,
  handle: DeskRoute['handle'],
  permission: DeskRoute['permission'] = 'broadcasts',
): DeskRoute {
  return { method, path, permission, handle }
}

const over: readonly BroadcastState[] = ['finished', 'cancelled']

/** Whether nothing of it is sent any more. */
export function isOver({ state }: Pick<Broadcast, 'state'>): boolean {
  return over.includes(state)
}

/** Whether it was not approved yet: its audience is not fixed. */
export function isOpen({ state }: Pick<Broadcast, 'state'>): boolean {
  return state === 'draft' || state === 'proposed'
}

/** The path of a broadcast, or of a page below it. */
export function pathOf(number: number, more = ''): string {
  return `/siaran/${number}${more}`
}

/** A plan out of a broadcast, for another one: without its times. */
export function planAgain(broadcast: BroadcastPlan): BroadcastPlan {
  const { title, text, media, buttons, audience, posts, source } = broadcast
  return { title, text, media, buttons, audience, posts, source }
}
