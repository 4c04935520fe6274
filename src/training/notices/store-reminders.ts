import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { type Reminder, reminderKey } from './remind.ts'

/** A course with sessions to come. */
export interface ComingCourse {
  readonly number: number
  /** When its sessions begin, in their order; those that were too. */
  readonly starts: readonly Date[]
}

/** A reminder of a course's session. */
export interface CourseReminder extends Pick<Reminder, 'kind' | 'startsAt' | 'from'> {
  readonly courseNumber: number
}

/** What people are reminded of, in PostgreSQL. */
export interface ReminderStore {
  /** The courses that are going on, and of which a session begins within so many days. */
  coming(transaction: Transaction, now: Date, days: number): Promise<readonly ComingCourse[]>
  /**
   * Has everybody reminded who has a seat in the course and was accepted by the time of the reminder, once. Answers how many are
   * new. Any number of processes may do it at a time.
   */
  remind(transaction: Transaction, reminders: readonly CourseReminder[]): Promise<number>
}

const comingRows = z.array(z.object({ number: z.bigint().transform(Number), starts: z.array(z.date()) }))

/** Makes the store. */
export function createReminderStore(): ReminderStore {
  return {
    async coming(transaction, now, days) {
      const until = new Date(now.getTime() + days * 86_400_000)
      const rows = await transaction.$queryRaw`
        SELECT c.id AS number, array_agg(s.starts_at ORDER BY s.starts_at, s.id) AS starts
        FROM course c JOIN course_session s ON s.course_id = c.id
        WHERE c.state IN ('announced', 'registration', 'selection', 'running') AND c.id IN (
          SELECT course_id FROM course_session WHERE starts_at > ${now} AND starts_at <= ${until})
        GROUP BY c.id`
      return comingRows.parse(rows)
    },
    async remind(transaction, reminders) {
      if (reminders.length === 0) return 0
      const courses = reminders.map(({ courseNumber }) => BigInt(courseNumber))
      const kinds = reminders.map(({ kind }) => kind)
      const keys = reminders.map(reminderKey)
      const sessions = reminders.map(({ startsAt }) => startsAt.toISOString())
      const times = reminders.map(({ from }) => from.toISOString())
      // In one order in all processes, so that two never wait for each other; who has theirs already costs no write.
      return transaction.$executeRaw`
        INSERT INTO registration_notice (registration_id, key, kind, details, due_at)
        SELECT r.id, t.key, t.kind, jsonb_build_object('session', t.session), t.due_at
        FROM unnest(${courses}::bigint[], ${kinds}::text[], ${keys}::text[], ${sessions}::text[], ${times}::timestamptz[])
          AS t(course_id, kind, key, session, due_at)
        JOIN registration r ON r.course_id = t.course_id AND r.state IN ('accepted', 'attending')
        WHERE coalesce(r.accepted_at, r.state_at) <= t.due_at AND r.chat_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM registration_notice n WHERE n.registration_id = r.id AND n.key = t.key)
        ORDER BY r.id, t.key ON CONFLICT DO NOTHING`
    },
  }
}
