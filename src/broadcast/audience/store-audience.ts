import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { type Audience, type SampleRecipient, unreached } from '../audience.ts'
import { broadcastChannels } from '../broadcast-channels.ts'
import { masked } from '../masked.ts'
import { audienceSql } from './audience-sql.ts'

/** How many are in a category; the channel of those who are reachable. */
export interface CategoryCount {
  readonly category: (typeof categories)[number]
  readonly channel: (typeof broadcastChannels)[number] | null
  readonly count: number
}

/** Whom audiences reach, in PostgreSQL. */
export interface AudienceStore {
  count(client: Transaction, audience: Audience): Promise<readonly CategoryCount[]>
  /** Some of those who are reachable, taken by chance. */
  samples(client: Transaction, audience: Audience, limit: number): Promise<readonly SampleRecipient[]>
  /** Writes down who is reachable now as the recipients of a broadcast that is locked; how many. */
  freeze(transaction: Transaction, number: number, audience: Audience): Promise<number>
  /** Takes back what was frozen in the same transaction. */
  thaw(transaction: Transaction, number: number): Promise<void>
}

const categories = ['reachable', ...unreached] as const
const channel = z.enum(broadcastChannels)
const countRows = z.array(
  z.object({ category: z.enum(categories), channel: channel.nullable(), count: z.number() }),
)
const sampleRows = z.array(
  z.object({
    channel,
    external_id: z.string(),
    kelurahan: z.string().nullable(),
    topic: z.string(),
    started_at: z.date(),
    text_version: z.string(),
  }),
)

/** Makes the store. */
export function createAudienceStore(): AudienceStore {
  return {
    async count(client, audience) {
      const { text, values } = audienceSql(audience)
      const rows = await client.$queryRawUnsafe(
        `${text}
        SELECT category, CASE WHEN category = 'reachable' THEN channel END AS channel, count(*)::int AS count
        FROM found GROUP BY 1, 2`,
        ...values,
      )
      return countRows.parse(rows)
    },
    async samples(client, audience, limit) {
      const { text, values } = audienceSql(audience)
      const rows = await client.$queryRawUnsafe(
        `${text}
        SELECT s.channel, s.external_id, f.kelurahan, s.topic, s.started_at, s.text_version
        FROM (SELECT * FROM found WHERE category = 'reachable' ORDER BY random() LIMIT ${limit}) s
        LEFT JOIN contact_profile f ON f.contact_id = s.contact_id`,
        ...values,
      )
      return sampleRows.parse(rows).map((row) => ({
        ...{ channel: row.channel, masked: masked(row.external_id), kelurahan: row.kelurahan ?? undefined },
        ...{ topic: row.topic, subscribedAt: row.started_at, textVersion: row.text_version },
      }))
    },
    async freeze(transaction, number, audience) {
      const { text, values } = audienceSql(audience)
      // In the order of ids that chance gave: the first few are a fair part of all.
      return transaction.$executeRawUnsafe(
        `${text}
        INSERT INTO broadcast_recipient (broadcast_id, contact_id, chat_id, channel, subscription_id)
        SELECT $${values.length + 1}::bigint, contact_id, chat_id, channel, subscription_id FROM found
        WHERE category = 'reachable' ORDER BY contact_id`,
        ...values,
        BigInt(number),
      )
    },
    async thaw(transaction, number) {
      await transaction.broadcastRecipient.deleteMany({ where: { broadcastId: BigInt(number) } })
    },
  }
}
