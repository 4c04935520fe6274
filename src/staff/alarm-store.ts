import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Database, Transaction } from '../storage/database.ts'

/** Something that an officer should look at. No identifier of a resident may be in it. */
export interface RaisedAlarm {
  readonly kind: string
  /** What it is about, such as the name of an account; one alarm of a kind and subject is open at a time. */
  readonly subject: string
  readonly details: Readonly<Record<string, string>>
  readonly at: Date
}

/** An alarm that nobody has looked after yet. */
export interface OpenAlarm {
  readonly id: bigint
  readonly kind: string
  readonly details: Readonly<Record<string, string>>
  readonly raisedAt: Date
}

/** Alarms in PostgreSQL. */
export interface AlarmStore {
  /** Raises an alarm unless one of the kind is open for the subject. */
  raise(alarm: RaisedAlarm): Promise<void>
  /** Closes the open alarms of the kind for the subject. */
  settle(kind: string, subject: string, at: Date): Promise<void>
  /** The open alarms, newest first. */
  open(): Promise<readonly OpenAlarm[]>
  /** Closes one; its kind, or undefined when it is not open. */
  settleOne(transaction: Transaction, id: bigint, at: Date): Promise<string | undefined>
}

/** Counts are told as they are written. */
const detailsShape = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))

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
    async open() {
      const rows = await prisma.alarm.findMany({
        where: { settledAt: null },
        orderBy: { id: 'desc' },
        take: 200,
      })
      return rows.map(({ id, kind, details, raisedAt }) => {
        const read = detailsShape.safeParse(details)
        return { id, kind, details: read.success ? read.data : {}, raisedAt }
      })
    },
    async settleOne(transaction, id, at) {
      const found = await transaction.alarm.findFirst({
        where: { id, settledAt: null },
        select: { kind: true },
      })
      if (found === null) return undefined
      const { count } = await transaction.alarm.updateMany({
        where: { id, settledAt: null },
        data: { settledAt: at },
      })
      return count === 0 ? undefined : found.kind
    },
  }
}
