import type pg from 'pg'
import { z } from 'zod'
import type { Transaction } from '../storage/database.ts'
import { deliveriesSql, holdSql, lockedSql, lockSql, noticedSql, standSql } from './chat-sql.ts'
import type { ShownNotice } from './heard.ts'
import { big, bytes, createRun } from './store-rows.ts'

/** How a chat stands while it is locked. */
export interface LockedChat {
  readonly session: Uint8Array | null
  readonly version: number
  readonly lastMessageAt: Date | null
  readonly notices: readonly string[]
}

/** Where a chat stands from now on. `session` is sealed. */
export interface Standing {
  readonly session: Uint8Array
  readonly flow: string | null
  readonly step: string | null
  readonly notice: ShownNotice | undefined
  readonly now: Date
}

const deliveries = ['queued', 'sent', 'delivered', 'read', 'failed', 'unknown'] as const

/** What became of a message on its way; `unknown`: sent or not, nobody knows. */
export type Delivery = (typeof deliveries)[number]

/** What the program does with a chat by its id, in PostgreSQL. */
export interface ChatStore {
  /** Undefined when there is no such chat. */
  lock(chatId: bigint, transaction: Transaction): Promise<LockedChat | undefined>
  stand(chatId: bigint, standing: Standing, transaction: Transaction): Promise<void>
  hold(chatId: bigint, until: Date | null, transaction: Transaction): Promise<void>
  /** Of messages that are no longer kept nothing is told. */
  deliveries(outboxIds: readonly bigint[]): Promise<ReadonlyMap<bigint, Delivery>>
  isReachable(chatId: bigint): Promise<boolean>
}

const lockedRow = z.object({
  session: bytes.nullable(),
  version: z.number(),
  last_message_at: z.date().nullable(),
  notices: z.array(z.string()),
})
const deliveryRow = z.object({ id: big, delivery: z.enum(deliveries) })
const stateRow = z.object({ state: z.string() })

/** Makes the store. */
export function createChatStore({ pool }: { pool: pg.Pool }): ChatStore {
  const run = createRun(pool)
  return {
    async lock(chatId, transaction) {
      await transaction.$executeRawUnsafe(lockSql, chatId)
      const rows = z.array(lockedRow).parse(await transaction.$queryRawUnsafe(lockedSql, chatId))
      return rows.map(({ last_message_at, ...row }) => ({ ...row, lastMessageAt: last_message_at }))[0]
    },
    async stand(chatId, { session, flow, step, notice, now }, transaction) {
      await transaction.$executeRawUnsafe(standSql, chatId, session, flow, step, now)
      if (notice === undefined) return
      await transaction.$executeRawUnsafe(noticedSql, chatId, notice.version, notice.textHash, now)
    },
    async hold(chatId, until, transaction) {
      await transaction.$executeRawUnsafe(holdSql, chatId, until)
    },
    async deliveries(outboxIds) {
      const rows = outboxIds.length === 0 ? [] : await run(deliveryRow, deliveriesSql, [outboxIds])
      return new Map(rows.map(({ id, delivery }) => [id, delivery]))
    },
    async isReachable(chatId) {
      const [chat] = await run(stateRow, 'SELECT state FROM chat WHERE id = $1', [chatId])
      return chat !== undefined && chat.state !== 'stopped'
    },
  }
}
