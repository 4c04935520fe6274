import type { Attempts } from '../../attempts.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Course } from '../course.ts'
import type { TrainingDeps } from '../training-deps.ts'
import { topicsWith } from './interests.ts'
import { announcementText, type CourseNews } from './notice-text.ts'
import type { NoticeTexts } from './notice-texts.ts'
import type { AnnounceStore } from './store-announce.ts'

/** What announcing is given besides. */
export interface AnnounceDeps {
  readonly announce: AnnounceStore
  readonly texts: () => NoticeTexts
  /** When a course is and what it asks, in words. */
  readonly newsOf: (course: Course) => Omit<CourseNews, 'office'>
  /** How many people are told in one transaction; 1,000 unless a test says otherwise. */
  readonly announceBatch?: number
}

/**
 * Tells those who subscribed of new courses, of each in an attempt of its own, which answers how many people were told. A course on
 * which nobody can register any more is told of no further. To be called outside the quiet hours.
 */
export async function announceCourses(
  deps: TrainingDeps & AnnounceDeps,
  now: Date,
  attempt: Attempts['attempt'],
): Promise<void> {
  const { store, announce } = deps
  const courses = await store.transact((transaction) => announce.untold(transaction))
  for (const number of courses) await attempt(() => announceCourse(deps, number, now))
}

async function announceCourse(deps: TrainingDeps & AnnounceDeps, number: number, now: Date): Promise<number> {
  for (let told = 0; ; ) {
    const { count, isOver } = await deps.store.transact((transaction) =>
      announceToSome(deps, transaction, number, now),
    )
    told += count
    if (isOver) return told
  }
}

/** Who was told and what they were told stand in one transaction, under the lock of the course. */
async function announceToSome(
  deps: TrainingDeps & AnnounceDeps,
  transaction: Transaction,
  number: number,
  now: Date,
): Promise<{ readonly count: number; readonly isOver: boolean }> {
  const { store, announce, voice, announceBatch = 1_000 } = deps
  const course = await store.lockCourse(transaction, number)
  if (course === undefined) return { count: 0, isOver: true }
  if (!isToCome(course, now)) {
    await announce.stop(transaction, number)
    return { count: 0, isOver: true }
  }
  const people = await announce.next(transaction, number, topicsWith(course.subject), announceBatch)
  const isOver = people.length < announceBatch
  await announce.moveTo(transaction, number, isOver ? undefined : people.at(-1)?.id)
  const news = { ...deps.newsOf(course), office: titleOf(deps, course) }
  const text = announcementText(course, news, { texts: deps.texts(), words: deps.words() }, now)
  await voice.tellMany(
    transaction,
    people.map(({ chatId }) => ({ chatId, text })),
    'broadcast',
  )
  await noteAnnounced(deps, transaction, course, { now, count: people.length })
  return { count: people.length, isOver }
}

/** Whether one may still register, now or later. */
function isToCome({ state, closesAt, startsAt }: Course, now: Date): boolean {
  return (state === 'announced' || state === 'registration') && now < closesAt && now < startsAt
}

function titleOf({ offices }: TrainingDeps, { office }: Course): string {
  return offices().get(office)?.title ?? office
}

async function noteAnnounced(
  { audit }: TrainingDeps,
  transaction: Transaction,
  { number }: Course,
  { now, count }: { readonly now: Date; readonly count: number },
): Promise<void> {
  if (count === 0) return
  const actor = { type: 'system', id: 'trainings' } as const
  const [action, subject] = ['training.announce', String(number)]
  await audit.record(transaction, { at: now, actor, action, subject, details: { told: count } })
}
