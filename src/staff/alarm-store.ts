import { createHash } from 'node:crypto'
import type { Database } from '../storage/database.ts'

/** Something that an officer should look at. No identifier of a resident may be in it. */
export interface RaisedAlarm {
  readonly kind: string
  /** What it is about, such as the name of an account; one alarm of a kind and subject is open at a time. */
  readonly subject: string
  readonly details: Readonly<Record<string, string>>
  readonly at: Date
}

/** Alarms in PostgreSQL. */
export interface AlarmStore {
  /** Raises an alarm unless one of the kind is open for the subject. */
  raise(alarm: RaisedAlarm): Promise<void>
  /** Closes the open alarms of the kind for the subject. */
  settle(kind: string, subject: string, at: Date): Promise<void>
}

/** Makes the store. */
export function createAlarmStore({ prisma }: { prisma: Pick<Database, 'alarm'> }): AlarmStore {
  const hashOf = (subject: string) => new Uint8Array(createHash('sha256').update(subject).digest())
  return {
    async raise({ kind, subject, details, at }) {
      const data = [{ kind, subjectHash: hashOf(subject), details, raisedAt: at }]
      await prisma.alarm.createMany({ data, skipDuplicates: true })
    },
    async settle(kind, subject, at) {
      const where = { kind, subjectHash: hashOf(subject), settledAt: null }
      await prisma.alarm.updateMany({ where, data: { settledAt: at } })
    },
  }
}
