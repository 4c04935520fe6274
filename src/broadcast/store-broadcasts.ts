import { z } from 'zod'
import type { Transaction } from '../storage/database.ts'
import type { BroadcastPlan, BroadcastState, Figures, PauseReason } from './broadcast.ts'
import type { BroadcastChange } from './broadcast-desk.ts'
import { broadcastOf, planColumns, type StoredBroadcast } from './store-rows.ts'

/** What changes of a broadcast besides its plan. */
export interface BroadcastMoved {
  readonly state?: BroadcastState
  readonly phase?: 'canary' | 'rest'
  readonly proposedAt?: Date | null
  readonly proposedById?: string | null
  readonly proposedBy?: string | null
  readonly approvedAt?: Date
  readonly approvedById?: string
  readonly approvedBy?: string
  readonly startedAt?: Date
  readonly canaryUntil?: Date
  readonly pausedAt?: Date
  readonly pauseReason?: PauseReason | null
  readonly pausedBy?: string | null
  readonly resumedAt?: Date
  readonly endsAt?: Date
  readonly stalledAt?: Date | null
  readonly endedAt?: Date
  readonly endedBy?: string | null
  readonly audienceSize?: number
  readonly batchId?: bigint
  readonly figures?: Figures
  readonly testHash?: Uint8Array<ArrayBuffer> | null
  readonly testUntil?: Date | null
  readonly testById?: string | null
}

/** An officer, as rows keep them; undefined: the program. */
export type Author = { readonly id: string; readonly name: string } | undefined

/** The rows of broadcasts. */
export interface BroadcastRows {
  find(client: Transaction, number: number): Promise<StoredBroadcast | undefined>
  /** Keeps others from changing it until the end of the transaction. */
  lock(transaction: Transaction, number: number): Promise<StoredBroadcast | undefined>
  /** Those that are not over first, then the newest. */
  list(client: Transaction, over: boolean | undefined, limit: number): Promise<readonly StoredBroadcast[]>
  inState(client: Transaction, states: readonly BroadcastState[]): Promise<readonly StoredBroadcast[]>
  /** Those being sent whose messages go out in these batches. */
  sendingOf(client: Transaction, batchIds: readonly bigint[]): Promise<readonly StoredBroadcast[]>
  create(transaction: Transaction, plan: BroadcastPlan, by: Author, now: Date): Promise<number>
  /** Puts the plan in the place of the one before, as a draft, and counts the version on. */
  change(transaction: Transaction, number: number, plan: BroadcastPlan, by: Author): Promise<void>
  move(transaction: Transaction, number: number, change: BroadcastMoved): Promise<void>
  remove(transaction: Transaction, number: number): Promise<void>
  /** What the trail says was done with it, the first first. */
  changes(client: Transaction, number: number): Promise<readonly BroadcastChange[]>
  /** Those cancelled of which something was under way when they were counted last. */
  uncounted(client: Transaction): Promise<readonly StoredBroadcast[]>
  /**
   * Whether a broadcast was made of the digest since, be it removed by now; nobody else makes one until the end of the transaction.
   */
  hasDigest(
    transaction: Transaction,
    digest: { readonly number: number; readonly name: string },
    since: Date,
  ): Promise<boolean>
  /** Which of the numbers are of courses, or of broadcasts. */
  known(
    client: Transaction,
    of: 'course' | 'broadcast',
    numbers: readonly number[],
  ): Promise<ReadonlySet<number>>
}

const over = ['finished', 'cancelled']
const numberRows = z.array(z.object({ id: z.bigint().transform(Number) }))
/** What was only looked at is no change. */
const looks = ['count', 'look', 'export', 'history', 'test_code', 'test_wrong'].map(
  (look) => `broadcast.${look}`,
)

const changeRows = z.array(
  z.object({
    at: z.date(),
    actor_type: z.string(),
    by: z.string(),
    action: z.string(),
    reason: z.string().nullable(),
  }),
)

/** Makes the store. */
export function createBroadcastRows(): BroadcastRows {
  return { ...createReads(), ...createLists(), ...createWrites() }
}

function createReads(): Pick<BroadcastRows, 'find' | 'lock' | 'changes' | 'hasDigest' | 'known'> {
  const find: BroadcastRows['find'] = async (client, number) => {
    if (!Number.isSafeInteger(number)) return undefined
    const row = await client.broadcast.findUnique({ where: { id: BigInt(number) } })
    return row === null ? undefined : broadcastOf(row)
  }
  return {
    find,
    async lock(transaction, number) {
      if (!Number.isSafeInteger(number)) return undefined
      await transaction.$queryRaw`SELECT id FROM broadcast WHERE id = ${BigInt(number)} FOR NO KEY UPDATE`
      return find(transaction, number)
    },
    async changes(client, number) {
      const rows = await client.$queryRaw`
        SELECT e.at, e.actor_type, coalesce(a.name, e.actor_id) AS by, e.action, e.details->>'reason' AS reason
        FROM audit_entry e LEFT JOIN staff_account a ON a.id::text = e.actor_id
        WHERE e.subject = ${String(number)} AND e.action LIKE 'broadcast.%' AND e.action <> ALL(${looks}::text[])
        ORDER BY e.id`
      return changeRows.parse(rows).map(({ at, actor_type, by, action, reason }) => ({
        ...{ at, by: actor_type === 'staff' ? by.replace(/^cli:/, '') : '' },
        ...{ what: action.replace('broadcast.', ''), reason: reason ?? undefined },
      }))
    },
    async hasDigest(transaction, { number, name }, since) {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('lopo digest', 0))`
      const rows = await transaction.$queryRaw`
        SELECT 1 WHERE EXISTS (SELECT 1 FROM broadcast WHERE source->>'type' = 'digest'
            AND source->>'number' = ${String(number)} AND created_at >= ${since})
          OR EXISTS (SELECT 1 FROM audit_entry WHERE action = 'broadcast.create' AND actor_type = 'system'
            AND details->>'digest' = ${name} AND at >= ${since})`
      return z.array(z.unknown()).parse(rows).length > 0
    },
    async known(client, of, numbers) {
      const ids = numbers.filter(Number.isSafeInteger).map(BigInt)
      const rows =
        of === 'course'
          ? await client.$queryRaw`SELECT id FROM course WHERE id = ANY(${ids}::bigint[])`
          : await client.$queryRaw`SELECT id FROM broadcast WHERE id = ANY(${ids}::bigint[])`
      return new Set(numberRows.parse(rows).map(({ id }) => id))
    },
  }
}

function createLists(): Pick<BroadcastRows, 'list' | 'inState' | 'sendingOf' | 'uncounted'> {
  return {
    async list(client, isOver, limit) {
      const find = (state: { in: string[] } | { notIn: string[] }, take: number) =>
        client.broadcast.findMany({ where: { state }, orderBy: { id: 'desc' }, take })
      const current = isOver === true ? [] : await find({ notIn: over }, limit)
      const past = isOver === false ? [] : await find({ in: over }, limit - current.length)
      return [...current, ...past].map(broadcastOf)
    },
    async inState(client, states) {
      const where = { state: { in: [...states] } }
      return (await client.broadcast.findMany({ where, orderBy: { id: 'asc' } })).map(broadcastOf)
    },
    async uncounted(client) {
      const where = { state: 'cancelled', figures: { path: ['queued'], gt: 0 } }
      return (await client.broadcast.findMany({ where, orderBy: { id: 'asc' } })).map(broadcastOf)
    },
    async sendingOf(client, batchIds) {
      const where = { state: 'sending', batchId: { in: [...batchIds] } }
      return (await client.broadcast.findMany({ where, orderBy: { id: 'asc' } })).map(broadcastOf)
    },
  }
}

function createWrites(): Pick<BroadcastRows, 'create' | 'change' | 'move' | 'remove'> {
  return {
    async create(transaction, plan, by, now) {
      const { id } = await transaction.broadcast.create({
        data: {
          ...planColumns(plan),
          ...{
            audience: plan.audience,
            createdAt: now,
            createdById: by?.id ?? null,
            createdBy: by?.name ?? null,
          },
        },
        select: { id: true },
      })
      await writeJson(transaction, Number(id), plan)
      return Number(id)
    },
    async change(transaction, number, plan, by) {
      await transaction.broadcast.update({
        where: { id: BigInt(number) },
        data: {
          ...{ ...planColumns(plan), version: { increment: 1 }, state: 'draft' },
          ...{ proposedAt: null, proposedById: null, proposedBy: null },
          ...{ editedById: by?.id ?? null, editedBy: by?.name ?? null },
          // A code shows what it was asked for, and nothing newer.
          ...{ testHash: null, testUntil: null, testById: null },
        },
        select: { id: true },
      })
      await writeJson(transaction, number, plan)
    },
    async move(transaction, number, { figures, ...change }) {
      await transaction.broadcast.update({
        where: { id: BigInt(number) },
        data: {
          ...change,
          ...(figures === undefined ? {} : { figures: { ...figures, reasons: { ...figures.reasons } } }),
        },
        select: { id: true },
      })
    },
    async remove(transaction, number) {
      await transaction.broadcast.delete({ where: { id: BigInt(number) } })
    },
  }
}

/** What may be null in a JSON column, Prisma's client has no plain word for. */
async function writeJson(transaction: Transaction, number: number, plan: BroadcastPlan): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  await transaction.$executeRaw`
    UPDATE broadcast SET audience = ${json(plan.audience)}::jsonb, buttons = ${json(plan.buttons)}::jsonb,
      media = ${json(plan.media)}::jsonb, source = ${json(plan.source)}::jsonb
    WHERE id = ${BigInt(number)}`
}
