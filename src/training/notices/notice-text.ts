import { fill } from '../../language/fill-text.ts'
import { formatMoment, formatRupiah } from '../../language/format.ts'
import { type Course, isOpen, isPublic, type Session } from '../course.ts'
import { activeStates, isIn, type RegistrationState } from '../registration.ts'
import type { TrainingWords } from '../training-words.ts'
import type { DueNotice } from './notice.ts'
import { type NoticeTexts, type NoticeValue, type ToldState, toldStates } from './notice-texts.ts'
import { isTime, type ReminderKind, reminderTime } from './remind.ts'

/** What notices are told with. */
export interface NoticeWords {
  readonly texts: NoticeTexts
  readonly words: Pick<TrainingWords, 'quiet_hours' | 'free'>
}

/** What becomes of a notice: it is told, passed over as if told, or taken away as it speaks of a time that is none any more. */
export type NoticeFate =
  | { readonly type: 'tell'; readonly text: string }
  | { readonly type: 'pass' }
  | { readonly type: 'withdraw' }

/** Values of lines; a line whose value is undefined is left out. */
type LineValues = Readonly<Partial<Record<NoticeValue, string | number | undefined>>>

/** A message is about so long at most: what is asked of people gives way. */
const mostCharacters = 400
const fewestCharacters = 40
/** A link that is longer is left to the flow. */
const longestLink = 120

const pass = { type: 'pass' } as const
/** These decisions are about a course that is still to come, or on. */
const openStates = ['screened', 'interview', 'reserve', 'accepted'] as const

/** What becomes of a notice by how things are at the moment. `placeInLine`: of those on the waiting list. */
export function fateOfNotice(
  notice: DueNotice,
  course: Course,
  { texts, words }: NoticeWords,
  { now, placeInLine }: { readonly now: Date; readonly placeInLine?: number | undefined },
): NoticeFate {
  if (notice.chatId === undefined || notice.isGivenUp) return pass
  const about = {
    ...aboutCourse(course, now),
    ...aboutRegistration(notice, texts),
    place_in_line: placeInLine,
  }
  switch (notice.kind) {
    case 'result': {
      const state = toldStateOf(notice, course)
      return state === undefined ? pass : tell(texts.results[state], about)
    }
    case 'changed':
      return isGoingOn(course, notice.state, now)
        ? tell(texts.changed, { ...about, ...changed(notice, about) })
        : pass
    case 'course_cancelled':
      return course.state === 'cancelled'
        ? tell(texts.course_cancelled, { ...about, reason: course.cancelReason })
        : pass
    case 'offer_ending':
      return offerEnding(notice, texts, now, about)
    case 'lapsed':
      return notice.state === 'lapsed' && isPublic(course) ? tell(texts.lapsed, about) : pass
    case 'reminder_3':
    case 'reminder_1':
    case 'reminder_0':
      return reminder({ ...notice, kind: notice.kind }, course, { texts, words }, { now, about })
  }
}

/** What is told of a new course besides what stands in it, in words. */
export interface CourseNews {
  /** The title of who gives it. */
  readonly office: string
  readonly schedule: string
  /** What is asked of whoever would take part, one after the other. */
  readonly requirements: readonly string[]
}

/** A new course, as it is told to whoever subscribed. */
export function announcementText(
  course: Course,
  { requirements, ...news }: CourseNews,
  { texts, words }: NoticeWords,
  now: Date,
): string {
  return fillLines(texts.announcement, {
    ...aboutCourse(course, now),
    ...news,
    course_id: course.number,
    requirements: listed(requirements),
    seats: course.seats,
    cost: course.cost === 0 ? words.free : formatRupiah(course.cost),
    opens: course.opensAt > now ? formatMoment(course.opensAt) : undefined,
    closes: formatMoment(course.closesAt),
  })
}

function aboutCourse(course: Course, now: Date): LineValues {
  const next = course.sessions.find(({ startsAt }) => startsAt > now) ?? course.sessions[0]
  return {
    title: course.title,
    course_id: isOpen(course, now) ? course.number : undefined,
    contact: course.contact,
    requirements: listed(course.requirements.split('\n')),
    ...(next === undefined ? {} : aboutSession(course, next)),
  }
}

/** Lines in one, without what marks them as items. */
function listed(lines: readonly string[]): string | undefined {
  const items = lines.map((line) => line.replace(/^\s*[•*-]\s*/, '').trim())
  return items.filter((item) => item !== '').join('; ') || undefined
}

function aboutSession({ place, mapUrl = '' }: Course, session: Session): LineValues {
  const isElsewhere = session.place !== undefined && session.place !== place
  return {
    starts: formatMoment(session.startsAt),
    place: session.place ?? place,
    map: isElsewhere || mapUrl === '' || mapUrl.length > longestLink ? undefined : mapUrl,
  }
}

/** Whoever takes part themself is told no name: others may look at the phone. */
function aboutRegistration(
  { forWhom, name, reason, barredUntil }: DueNotice,
  { self, unnamed }: NoticeTexts,
): LineValues {
  return {
    who: forWhom === 'self' ? self : (name ?? unnamed),
    reason: reason || undefined,
    until: barredUntil === undefined ? undefined : formatMoment(barredUntil),
  }
}

/** The state that a decision is told of; undefined where there is nothing to tell any more. */
function toldStateOf({ state, isTold }: DueNotice, course: Course): ToldState | undefined {
  const told = state === 'attending' ? 'accepted' : toldStates.find((each) => each === state)
  if (told === undefined || isTold) return undefined
  return openStates.some((each) => each === told) && !isPublic(course) ? undefined : told
}

function isGoingOn(course: Course, state: RegistrationState, now: Date): boolean {
  return isPublic(course) && course.endsAt > now && (state === 'reserve' || isIn(state, activeStates))
}

function changed({ details }: DueNotice, { starts, place }: LineValues): LineValues {
  const { old_starts, old_place } = details
  const isWhole = old_starts === undefined && old_place === undefined
  return {
    old_starts,
    old_place,
    new_starts: isWhole || old_starts !== undefined ? starts : undefined,
    new_place: isWhole || old_place !== undefined ? place : undefined,
  }
}

/** Only of the offer that it was put down with, and while it can still be answered. */
function offerEnding(
  { state, details: { until = '' } }: DueNotice,
  { offer_ending }: NoticeTexts,
  now: Date,
  about: LineValues,
): NoticeFate {
  const end = new Date(until)
  return state === 'offered' && end > now ? tell(offer_ending, { ...about, until: formatMoment(end) }) : pass
}

function reminder(
  { kind, details, state, isStopped }: DueNotice & { readonly kind: ReminderKind },
  course: Course,
  { texts, words }: NoticeWords,
  { now, about }: { readonly now: Date; readonly about: LineValues },
): NoticeFate {
  const session = course.sessions.find(({ startsAt }) => startsAt.toISOString() === details.session)
  if (session === undefined) return { type: 'withdraw' }
  const time = reminderTime(kind, session.startsAt, texts.reminders, words.quiet_hours)
  const isWanted = isIn(state, ['accepted', 'attending']) && isPublic(course) && !isStopped
  return isWanted && isTime(time, now)
    ? tell(texts[kind], { ...about, ...aboutSession(course, session) })
    : pass
}

function tell(text: string, values: LineValues): NoticeFate {
  return { type: 'tell', text: fillLines(text, values) }
}

/** Fills in the lines whose values are all there; what is asked of people is cut to what is left of a message. */
function fillLines(text: string, { requirements, ...values }: LineValues): string {
  if (requirements === undefined) return filled(text, values)
  const room = mostCharacters - filled(text, { ...values, requirements: '' }).length
  return filled(text, {
    ...values,
    requirements: shortened(String(requirements), Math.max(room, fewestCharacters)),
  })
}

function filled(text: string, values: LineValues): string {
  const there = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
  return text
    .split('\n')
    .filter((line) =>
      [...line.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].every(([, name = '']) => Object.hasOwn(there, name)),
    )
    .map((line) => fill(line, there))
    .join('\n')
}

function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const whole = text.slice(0, most).replace(/\s+\S*$/, '')
  return `${whole.replace(/[;,.\s]+$/, '')}…`
}
