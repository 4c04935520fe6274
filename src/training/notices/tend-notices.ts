import { createAttempts } from '../../attempts.ts'
import { isQuiet } from '../../language/quiet-hours.ts'
import type { Transaction } from '../../storage/database.ts'
import type { TrainingDeps } from '../training-deps.ts'
import { type AnnounceDeps, announceCourses } from './announce-courses.ts'
import type { DueNotice } from './notice.ts'
import { fateOfNotice, type NoticeFate } from './notice-text.ts'
import type { NoticeTexts } from './notice-texts.ts'
import { remindersAt } from './remind.ts'
import type { DueNoticeStore } from './store-notice.ts'
import type { ReminderStore } from './store-reminders.ts'

/** What telling unasked is given besides. */
export type TendNoticesDeps = TrainingDeps &
  AnnounceDeps & {
    readonly texts: () => NoticeTexts
    readonly reminders: ReminderStore
    readonly due: DueNoticeStore
  }

/** The first reminder of a session is on the third day before it, in Kupang's days. */
const reminderDays = 4
const batch = 1_000

/**
 * Tells what trainings tell unasked: reminders for which it is time, what is due of decisions and changes, and new courses to
 * whoever subscribed; nothing in the quiet hours. Answers how many messages it put out. Any number of processes may run it at any
 * time: each message goes out once, and after a time without it only what still makes sense. Rejects when something failed,
 * after all the rest was done.
 */
export function createTendNotices(deps: TendNoticesDeps): (now: Date) => Promise<number> {
  return async (now) => {
    if (isQuiet(now, deps.words().quiet_hours)) return 0
    const { attempt, finish } = createAttempts()
    await attempt(() => putReminders(deps, now))
    await attempt(() => tellDue(deps, now))
    await announceCourses(deps, now, attempt)
    return finish()
  }
}

/** Nothing is told by it: that is the next step's. */
async function putReminders({ store, reminders, words, texts }: TendNoticesDeps, now: Date): Promise<0> {
  await store.transact(async (transaction) => {
    const courses = await reminders.coming(transaction, now, reminderDays)
    const due = courses.flatMap(({ number, starts }) =>
      remindersAt(now, starts, texts().reminders, words().quiet_hours).map((reminder) => ({
        ...reminder,
        courseNumber: number,
      })),
    )
    await reminders.remind(transaction, due)
  })
  return 0
}

/** Tells batch after batch until nothing is due that no other process has. */
async function tellDue(deps: TendNoticesDeps, now: Date): Promise<number> {
  let told = 0
  for (;;) {
    const { taken, count } = await deps.store.transact((transaction) => tellBatch(deps, transaction, now))
    told += count
    if (taken < batch) return told
  }
}

/** What is told and that it was told stand in one transaction: whatever crashes, it is both or neither. */
async function tellBatch(
  deps: TendNoticesDeps,
  transaction: Transaction,
  now: Date,
): Promise<{ readonly taken: number; readonly count: number }> {
  const { due, voice, audit } = deps
  const notices = await due.take(transaction, now, batch)
  if (notices.length === 0) return { taken: 0, count: 0 }
  const fates = await fatesOf(deps, transaction, notices, now)
  const isGone = ({ id }: DueNotice) => fates.get(id)?.type === 'withdraw'
  await due.remove(
    transaction,
    notices.filter(isGone).map(({ id }) => id),
  )
  const kept = notices.filter((notice) => !isGone(notice))
  await due.markTold(
    transaction,
    kept.map(({ id }) => id),
    now,
  )
  const messages = kept.flatMap(({ id, chatId }) => {
    const fate = fates.get(id)
    return fate?.type === 'tell' && chatId !== undefined ? [{ chatId, text: fate.text }] : []
  })
  await voice.tellMany(transaction, messages, 'notice')
  await audit.record(transaction, {
    at: now,
    actor: { type: 'system', id: 'trainings' },
    action: 'training.tell',
    details: { told: messages.length, passed_over: notices.length - messages.length },
  })
  return { taken: notices.length, count: messages.length }
}

async function fatesOf(
  deps: TendNoticesDeps,
  transaction: Transaction,
  notices: readonly DueNotice[],
  now: Date,
): Promise<ReadonlyMap<bigint, NoticeFate>> {
  const words = { texts: deps.texts(), words: deps.words() }
  const courses = await deps.due.courses(transaction, notices)
  const places = await placesOf(deps, transaction, notices)
  const said = new Set<string>()
  return new Map(
    notices.map((notice) => {
      const course = courses.get(notice.courseNumber)
      // Results and changes tell how it is now: of several of a registration one says it all.
      const what = ['result', 'changed'].includes(notice.kind)
        ? `${notice.registration} ${notice.kind}`
        : undefined
      if (course === undefined || (what !== undefined && said.has(what))) return [notice.id, { type: 'pass' }]
      const fate = fateOfNotice(notice, course, words, { now, placeInLine: places.get(notice.registration) })
      if (what !== undefined && fate.type === 'tell') said.add(what)
      return [notice.id, fate]
    }),
  )
}

/** The places of those on waiting lists who are told of it. */
async function placesOf(
  { store }: TendNoticesDeps,
  transaction: Transaction,
  notices: readonly DueNotice[],
): Promise<ReadonlyMap<number, number>> {
  const waiting = notices.filter(({ kind, state }) => kind === 'result' && state === 'reserve')
  const places = new Map<number, number>()
  for (const courseNumber of new Set(waiting.map((notice) => notice.courseNumber))) {
    const line = await store.line(transaction, courseNumber)
    for (const [at, { number }] of line.entries()) places.set(number, at + 1)
  }
  return places
}
