import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import type { Course } from '../course.ts'
import type { TrainingSecrets } from '../person.ts'
import { registrationStates } from '../registration.ts'
import { openDetails } from '../store-details.ts'
import { courseOf, withSessions } from '../store-rows.ts'
import { type DueNotice, type NewNotice, type NoticeKind, noticeKinds } from './notice.ts'

/** What registrants are to be told, in PostgreSQL. */
export interface NoticeStore {
  /** Has them told once they are due; what is there under the same key stays as it is. Answers how many are new. */
  put(transaction: Transaction, notices: readonly NewNotice[]): Promise<number>
  /** Takes away what is not told yet. */
  withdraw(transaction: Transaction, registrations: readonly number[], kind: NoticeKind): Promise<void>
}

/** Makes the store. */
export function createNoticeStore(): NoticeStore {
  return {
    async put(transaction, notices) {
      if (notices.length === 0) return 0
      const { count } = await transaction.registrationNotice.createMany({
        data: notices.map(({ registration, details = {}, ...notice }) => ({
          ...notice,
          details,
          registrationId: BigInt(registration),
        })),
        skipDuplicates: true,
      })
      return count
    },
    async withdraw(transaction, registrations, kind) {
      await transaction.registrationNotice.deleteMany({
        where: { registrationId: { in: registrations.map(BigInt) }, kind, toldAt: null },
      })
    },
  }
}

/** What is to be told now, in PostgreSQL. */
export interface DueNoticeStore {
  /**
   * The oldest that are due, locked with their registrations until the end of the transaction. What another process tells just now
   * is left out, and all else of the same registrations with it.
   */
  take(transaction: Transaction, now: Date, limit: number): Promise<readonly DueNotice[]>
  /** The courses of notices, by their numbers. */
  courses(transaction: Transaction, notices: readonly DueNotice[]): Promise<ReadonlyMap<number, Course>>
  /** Marks them told, for good. */
  markTold(transaction: Transaction, ids: readonly bigint[], now: Date): Promise<void>
  /** Takes them away. */
  remove(transaction: Transaction, ids: readonly bigint[]): Promise<void>
}

const absent = <T>(value: T | null): T | undefined => value ?? undefined
const number = z.bigint().transform(Number)
const dueRow = z.object({
  id: z.bigint(),
  kind: z.enum(noticeKinds),
  details: z.record(z.string(), z.string()),
  registration: number,
  courseNumber: number,
  chatId: z.bigint().nullable().transform(absent),
  state: z.enum(registrationStates),
  reason: z.string().nullable().transform(absent),
  barredUntil: z.date().nullable().transform(absent),
  isGivenUp: z.boolean(),
  forWhom: z.enum(['self', 'other']),
  written: z.instanceof(Uint8Array).nullable(),
  isStopped: z.boolean(),
  isTold: z.boolean(),
})

/** Makes the store. Names are read of those only whom another registered: they alone are told by name. */
export function createDueNoticeStore({
  keyring,
}: {
  keyring: Pick<TrainingSecrets, 'open'>
}): DueNoticeStore {
  return {
    async take(transaction, now, limit) {
      const rows = await transaction.$queryRaw`
        SELECT n.id, n.kind, n.details, r.id AS registration, r.course_id AS "courseNumber", r.chat_id AS "chatId", r.state,
          r.reason, r.barred_until AS "barredUntil", r.for_whom AS "forWhom",
          CASE WHEN r.for_whom = 'other' THEN r.details END AS written,
          r.state IN ('cancelled', 'withdrawn') AND (
            SELECT c.actor = 'resident' FROM registration_change c WHERE c.registration_id = r.id ORDER BY c.id DESC LIMIT 1
          ) IS TRUE AS "isGivenUp",
          EXISTS (
            SELECT 1 FROM opt_out o WHERE o.contact_id = r.contact_id AND o.ended_at IS NULL
          ) AS "isStopped",
          n.kind = 'result' AND EXISTS (
            SELECT 1 FROM registration_notice t
            WHERE t.registration_id = r.id AND t.kind = 'result' AND t.told_at > r.state_at
          ) AS "isTold"
        FROM registration_notice n JOIN registration r ON r.id = n.registration_id
        WHERE n.told_at IS NULL AND n.due_at <= ${now}
        ORDER BY n.due_at, n.id LIMIT ${limit}
        FOR UPDATE OF n SKIP LOCKED FOR NO KEY UPDATE OF r SKIP LOCKED`
      return z
        .array(dueRow)
        .parse(rows)
        .map(({ written, ...row }) => ({ ...row, name: nameIn(keyring, written) }))
    },
    async courses(transaction, notices) {
      const ids = [...new Set(notices.map(({ courseNumber }) => BigInt(courseNumber)))]
      const rows = await transaction.course.findMany({ where: { id: { in: ids } }, include: withSessions() })
      return new Map(rows.map(courseOf).map((course) => [course.number, course]))
    },
    async markTold(transaction, ids, now) {
      if (ids.length === 0) return
      await transaction.$executeRaw`UPDATE registration_notice SET told_at = ${now} WHERE id = ANY(${[...ids]}::bigint[])`
    },
    async remove(transaction, ids) {
      if (ids.length === 0) return
      await transaction.$executeRaw`DELETE FROM registration_notice WHERE id = ANY(${[...ids]}::bigint[])`
    },
  }
}

/** What cannot be opened, as its key is gone, is no reason to leave people without word. */
function nameIn(keyring: Pick<TrainingSecrets, 'open'>, written: Uint8Array | null): string | undefined {
  if (written === null) return undefined
  try {
    return openDetails(keyring, written).name
  } catch {
    return undefined
  }
}
