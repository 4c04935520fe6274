import { fill } from '../../language/fill-text.ts'
import { hasIdentifier } from '../../language/identifier.ts'
import { isQuiet } from '../../language/quiet-hours.ts'
import type { Transaction } from '../../storage/database.ts'
import type { BroadcastPlan } from '../broadcast.ts'
import type { PlanProblem } from '../broadcast-desk.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import { variableNames } from '../compose-message.ts'

/** No kelurahan of the city has a longer name. */
const longestPlace = 'x'.repeat(24)
const mostCharacters = 1_500
const mostWordBytes = 50
const hourMs = 3_600_000

/** Everything that is wrong with a plan now, besides its form. */
export async function checkPlan(
  room: BroadcastRoom,
  transaction: Transaction,
  plan: BroadcastPlan,
): Promise<readonly PlanProblem[]> {
  return [
    ...checkText(room, plan),
    ...checkButtons(room, plan),
    ...checkTimes(room, plan),
    ...(await checkAudience(room, transaction, plan)),
    ...plan.posts.flatMap((channel, at) =>
      room.postChannels.includes(channel) ? [] : [{ at: `posts.${at}`, what: 'wrong' } as const],
    ),
  ]
}

function checkText({ words }: BroadcastRoom, { title, text }: BroadcastPlan): readonly PlanProblem[] {
  const names = new Set([...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(([, name = '']) => name))
  const unknown = [...names].filter((name) => !variableNames.some((known) => known === name))
  const { somewhere } = words()
  const longest = somewhere.length > longestPlace.length ? somewhere : longestPlace
  const isTooLong = [...fill(text, { kelurahan: longest })].length > mostCharacters
  return [
    ...unknown.map((detail) => ({ at: 'text', what: 'unknown_variable', detail }) as const),
    ...(isTooLong ? [{ at: 'text', what: 'too_long' } as const] : []),
    ...(hasIdentifier(text) ? [{ at: 'text', what: 'private_number' } as const] : []),
    ...(hasIdentifier(title) ? [{ at: 'title', what: 'private_number' } as const] : []),
  ]
}

function checkButtons({ opens }: BroadcastRoom, { buttons }: BroadcastPlan): readonly PlanProblem[] {
  return buttons.flatMap(({ label, words }, index): readonly PlanProblem[] => {
    const at = `buttons.${index}.words`
    if (Buffer.byteLength(words) > mostWordBytes) return [{ at, what: 'too_long' }]
    if (hasIdentifier(`${label} ${words}`)) return [{ at, what: 'private_number' }]
    return opens(words) ? [] : [{ at, what: 'opens_nothing', detail: words }]
  })
}

function checkTimes(
  { now, words }: BroadcastRoom,
  { scheduledAt, expiresAt }: BroadcastPlan,
): readonly PlanProblem[] {
  const moment = now()
  const begins = scheduledAt !== undefined && scheduledAt > moment ? scheduledAt : moment
  const scheduled =
    scheduledAt === undefined
      ? []
      : [
          ...(scheduledAt <= moment ? [{ at: 'scheduledAt', what: 'in_the_past' } as const] : []),
          ...(isQuiet(scheduledAt, words().quiet_hours)
            ? [{ at: 'scheduledAt', what: 'quiet_hours' } as const]
            : []),
        ]
  if (expiresAt === undefined) return scheduled
  if (expiresAt <= moment) return [...scheduled, { at: 'expiresAt', what: 'in_the_past' }]
  const isShort = expiresAt.getTime() - begins.getTime() < hourMs
  return isShort ? [...scheduled, { at: 'expiresAt', what: 'ends_before' }] : scheduled
}

async function checkAudience(
  { topics, placeName, store }: BroadcastRoom,
  transaction: Transaction,
  { audience }: BroadcastPlan,
): Promise<readonly PlanProblem[]> {
  const { course, without } = audience
  const courses = [course?.number, without.course].filter((number) => number !== undefined)
  const knownCourses = await store.rows.known(transaction, 'course', courses)
  const knownBroadcasts = await store.rows.known(transaction, 'broadcast', without.broadcasts)
  return [
    ...unknownOf(audience.topics, (topic) => topics().has(topic), 'audience.topics', 'unknown_topic'),
    ...unknownOf(
      audience.places,
      (code) => placeName(code) !== undefined,
      'audience.places',
      'unknown_place',
    ),
    ...unknownOf(
      course === undefined ? [] : [course.number],
      (number) => knownCourses.has(number),
      ...(['audience.course', 'unknown_course'] as const),
    ),
    ...unknownOf(
      without.broadcasts,
      (number) => knownBroadcasts.has(number),
      ...(['audience.without.broadcasts', 'unknown_broadcast'] as const),
    ),
    ...unknownOf(
      without.course === undefined ? [] : [without.course],
      (number) => knownCourses.has(number),
      ...(['audience.without.course', 'unknown_course'] as const),
    ),
  ]
}

function unknownOf<Item extends string | number>(
  items: readonly Item[],
  isKnown: (item: Item) => boolean,
  at: string,
  what: PlanProblem['what'],
): readonly PlanProblem[] {
  return items.filter((item) => !isKnown(item)).map((item) => ({ at, what, detail: String(item) }))
}
