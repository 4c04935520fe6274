import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { type BroadcastChannel, broadcastChannels } from '../broadcast-channels.ts'

/** What became of a post at a public place. */
export interface StoredPost {
  readonly channel: BroadcastChannel
  readonly state: 'queued' | 'sent' | 'failed' | 'unknown'
  readonly settledAt: Date | undefined
}

/** Posts at public places; they are sent by the process that has the channel. */
export interface PostStore {
  queue(transaction: Transaction, number: number, channels: readonly BroadcastChannel[]): Promise<void>
  of(client: Transaction, number: number): Promise<readonly StoredPost[]>
  /** Takes back those that no process took up yet. */
  drop(transaction: Transaction, number: number): Promise<void>
}

const rows = z.array(
  z.object({
    channel: z.enum(broadcastChannels),
    state: z.enum(['queued', 'sent', 'failed', 'unknown']),
    settledAt: z
      .date()
      .nullable()
      .transform((at) => at ?? undefined),
  }),
)

/** Makes the store. */
export function createPostStore(): PostStore {
  return {
    async queue(transaction, number, channels) {
      const data = channels.map((channel) => ({ broadcastId: BigInt(number), channel }))
      await transaction.broadcastPost.createMany({ data, skipDuplicates: true })
    },
    async of(client, number) {
      return rows.parse(
        await client.broadcastPost.findMany({
          where: { broadcastId: BigInt(number) },
          select: { channel: true, state: true, settledAt: true },
        }),
      )
    },
    async drop(transaction, number) {
      const where = { broadcastId: BigInt(number), claimedAt: null, settledAt: null }
      await transaction.broadcastPost.deleteMany({ where })
    },
  }
}
