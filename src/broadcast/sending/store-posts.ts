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
  /**
   * Settles what will not come to an end: as failed those that wait for a channel without a place, which is not among `places`, and as
   * unknown those that a process took up long ago.
   */
  giveUp(
    transaction: Transaction,
    number: number,
    places: readonly BroadcastChannel[],
    now: Date,
  ): Promise<void>
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

/** No post takes longer. */
const longestMs = 10 * 60_000

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
    async giveUp(transaction, number, places, now) {
      const open = { broadcastId: BigInt(number), settledAt: null }
      await transaction.broadcastPost.updateMany({
        where: { ...open, claimedAt: null, channel: { notIn: [...places] } },
        data: { state: 'failed', failure: 'no_place', settledAt: now },
      })
      await transaction.broadcastPost.updateMany({
        where: { ...open, claimedAt: { lt: new Date(now.getTime() - longestMs) } },
        data: { state: 'unknown', settledAt: now },
      })
    },
    async drop(transaction, number) {
      const where = { broadcastId: BigInt(number), claimedAt: null, settledAt: null }
      await transaction.broadcastPost.deleteMany({ where })
    },
  }
}
