import type pg from 'pg'
import { z } from 'zod'
import type { Address } from '../channels/channel.ts'
import { claimBulkSql, giveBackBulkSql, takeOverBulkSql } from './bulk-sql.ts'
import type { Account } from './outbox-store.ts'
import { addressColumns, addressOf, big, bytes, createRun } from './store-rows.ts'

/** A broadcast that this process took up: from then on nobody else sends it. */
export interface Claimed {
  readonly id: bigint
  readonly chatId: bigint
  readonly batchId: bigint | undefined
  readonly address: Address
  readonly body: Uint8Array
  readonly token: string
  readonly attempts: number
  readonly claimedAt: Date
}

/** What taking up broadcasts brought. */
export interface Claim {
  readonly toSend: readonly Claimed[]
  /** Of messages that were settled instead, because they are wanted no more: their batches, one for each message. */
  readonly settled: readonly (bigint | undefined)[]
}

/** The broadcasts of the outbox, in PostgreSQL. */
export interface BulkStore {
  /** Takes up at most so many broadcasts that are due on the account, and looks at no more than `look`. */
  claimBulk(account: Account, most: { places: number; look: number }, now: Date): Promise<Claim>
  /** Lets what was taken up and surely not sent go out later, unless it was settled meanwhile or is somebody else's. */
  giveBackBulk(claimed: readonly Claimed[], until: Date, failure: string): Promise<void>
  /** Settles as unknown what was taken up on the account besides these ids, by a process that is gone; the batches. */
  takeOverBulk(
    account: Account,
    underWay: readonly bigint[],
    now: Date,
  ): Promise<readonly (bigint | undefined)[]>
}

const batchRow = z.object({ batch_id: big.nullable() })
const claimRow = z.object({
  id: big,
  chat_id: big,
  batch_id: big.nullable(),
  ...addressColumns,
  body: bytes.nullable(),
  token: z.string(),
  attempts: z.number(),
})

/** Makes the store. */
export function createBulkStore({ pool }: { pool: pg.Pool }): BulkStore {
  const run = createRun(pool)
  return {
    async claimBulk({ channel, account }, { places, look }, now) {
      const rows = await run(claimRow, claimBulkSql, [channel, account, now, places, look])
      return {
        toSend: rows.flatMap((row) => (row.body === null ? [] : [claimedOf(row, row.body, now)])),
        settled: rows.filter(({ body }) => body === null).map(({ batch_id }) => batch_id ?? undefined),
      }
    },
    async giveBackBulk(claimed, until, failure) {
      const [first] = claimed
      if (first === undefined) return
      const ids = claimed.map(({ id }) => id)
      await pool.query(giveBackBulkSql, [ids, first.claimedAt, failure, until])
    },
    async takeOverBulk({ channel, account }, underWay, now) {
      const rows = await run(batchRow, takeOverBulkSql, [channel, account, now, underWay])
      return rows.map(({ batch_id }) => batch_id ?? undefined)
    },
  }
}

function claimedOf(row: z.infer<typeof claimRow>, body: Uint8Array, claimedAt: Date): Claimed {
  return {
    id: row.id,
    chatId: row.chat_id,
    batchId: row.batch_id ?? undefined,
    address: addressOf(row),
    body,
    token: row.token,
    attempts: row.attempts,
    claimedAt,
  }
}
