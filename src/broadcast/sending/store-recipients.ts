import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { type RecipientState, recipientStates } from '../broadcast.ts'
import { type BroadcastChannel, broadcastChannels } from '../broadcast-channels.ts'
import type { RecipientLine } from '../broadcast-desk.ts'
import { masked } from '../masked.ts'
import { recipientSql } from './recipient-sql.ts'

/** Somebody for whom no message was made yet. */
export interface Waiting {
  readonly id: bigint
  readonly chatId: bigint | undefined
  /** Code; undefined where they did not tell. */
  readonly kelurahan: string | undefined
  /** Why none is to be made any more. */
  readonly reason: 'stopped_by_person' | 'unsubscribed' | undefined
}

/** Those whom broadcasts were frozen for. */
export interface RecipientStore {
  /**
   * The next for whom no message was made, of a broadcast that is locked: those on Telegram first, so that the first few do not wait
   * for WhatsApp's budget of a day.
   */
  next(
    transaction: Transaction,
    number: number,
    topics: readonly string[],
    limit: number,
  ): Promise<readonly Waiting[]>
  /** For how many a message was made, or is not to be made any more. */
  prepared(client: Transaction, number: number): Promise<number>
  /** Notes the messages that were made. */
  tell(
    transaction: Transaction,
    told: readonly { readonly id: bigint; readonly outboxId: bigint }[],
  ): Promise<void>
  /** Notes why none is made for these. Whoever is no contact any more is forgotten. */
  leave(transaction: Transaction, ids: readonly bigint[], reason: string): Promise<void>
  /** The same for all for whom none was made yet; how many. */
  leaveWaiting(transaction: Transaction, number: number, reason: string): Promise<number>
  /** Whether somebody on the channel is still to be told. */
  hasLeft(client: Transaction, number: number, channel: BroadcastChannel): Promise<boolean>
  /** Lines after an id, in their order; with a state, those that are in it. */
  page(
    client: Transaction,
    number: number,
    given: {
      readonly after: bigint
      readonly limit: number
      readonly now: Date
      readonly state?: RecipientState | undefined
    },
  ): Promise<readonly RecipientLine[]>
  /** What the person of the recipient was sent, the newest first; undefined when there is no such recipient. */
  history(
    client: Transaction,
    id: bigint,
    now: Date,
  ): Promise<{ readonly contactId: string | undefined; readonly lines: readonly RecipientLine[] } | undefined>
}

const maybe = <Shape extends z.ZodType>(shape: Shape) =>
  shape.nullable().transform((value) => value ?? undefined)

const waitingRows = z.array(
  z
    .object({
      id: z.bigint(),
      chat_id: maybe(z.bigint()),
      kelurahan: maybe(z.string()),
      reason: maybe(z.enum(['stopped_by_person', 'unsubscribed'])),
    })
    .transform(({ chat_id, ...row }): Waiting => ({ ...row, chatId: chat_id })),
)
const countRows = z.tuple([z.object({ count: z.number() })])
const foundRows = z.tuple([z.object({ found: z.boolean() })])
const contactRows = z.array(z.object({ contact_id: maybe(z.string()) }))

const lineRows = z.array(
  z
    .object({
      id: z.bigint(),
      broadcast_id: z.bigint(),
      title: z.string(),
      channel: z.enum(broadcastChannels),
      external_id: maybe(z.string()),
      state: z.enum(recipientStates),
      reason: maybe(z.string()),
      settled_at: maybe(z.date()),
      delivered_at: maybe(z.date()),
      read_at: maybe(z.date()),
    })
    .transform(
      (row): RecipientLine => ({
        ...{ id: row.id, broadcast: Number(row.broadcast_id), title: row.title, channel: row.channel },
        ...{ masked: masked(row.external_id ?? ''), state: row.state, reason: row.reason },
        ...{ at: row.settled_at, deliveredAt: row.delivered_at, readAt: row.read_at },
      }),
    ),
)

const linesSql = (which: string, order: string, of = 'true') => `
  SELECT t.*, b.title, c.external_id FROM (${recipientSql(which)}) t
  JOIN broadcast b ON b.id = t.broadcast_id LEFT JOIN chat c ON c.id = t.chat_id WHERE ${of} ORDER BY ${order}`

/** Makes the store. */
export function createRecipientStore(): RecipientStore {
  return { ...createWork(), ...createLooks() }
}

function createWork(): Omit<RecipientStore, 'page' | 'history'> {
  return {
    async next(transaction, number, topics, limit) {
      const rows = await transaction.$queryRaw`
        SELECT r.id, r.chat_id, f.kelurahan,
          CASE WHEN EXISTS (SELECT 1 FROM opt_out o WHERE o.contact_id = r.contact_id AND o.ended_at IS NULL)
            THEN 'stopped_by_person'
            WHEN NOT EXISTS (SELECT 1 FROM subscription s WHERE s.contact_id = r.contact_id AND s.ended_at IS NULL
              AND s.topic = ANY(${[...topics]}::text[])) THEN 'unsubscribed' END AS reason
        FROM broadcast_recipient r LEFT JOIN contact_profile f ON f.contact_id = r.contact_id
        WHERE r.broadcast_id = ${BigInt(number)} AND r.outbox_id IS NULL AND r.reason IS NULL
        ORDER BY r.channel, r.id LIMIT ${limit} FOR UPDATE OF r`
      return waitingRows.parse(rows)
    },
    async prepared(client, number) {
      const rows = await client.$queryRaw`
        SELECT count(*)::int AS count FROM broadcast_recipient
        WHERE broadcast_id = ${BigInt(number)} AND (outbox_id IS NOT NULL OR reason IS NOT NULL)`
      return countRows.parse(rows)[0].count
    },
    async tell(transaction, told) {
      await transaction.$executeRaw`
        UPDATE broadcast_recipient r SET outbox_id = t.outbox_id
        FROM unnest(${told.map(({ id }) => id)}::bigint[], ${told.map(({ outboxId }) => outboxId)}::bigint[])
          AS t(id, outbox_id)
        WHERE r.id = t.id`
    },
    async leave(transaction, ids, reason) {
      if (ids.length === 0) return
      await transaction.$executeRaw`
        UPDATE broadcast_recipient r SET
          reason = CASE WHEN c.id IS NULL THEN 'erased' ELSE ${reason} END,
          contact_id = c.id, chat_id = CASE WHEN c.id IS NOT NULL THEN r.chat_id END
        FROM broadcast_recipient q LEFT JOIN contact c ON c.id = q.contact_id
        WHERE q.id = r.id AND r.id = ANY(${[...ids]}::bigint[])`
    },
    leaveWaiting: (transaction, number, reason) => transaction.$executeRaw`
      UPDATE broadcast_recipient SET reason = ${reason}
      WHERE broadcast_id = ${BigInt(number)} AND outbox_id IS NULL AND reason IS NULL`,
    async hasLeft(client, number, channel) {
      const rows = await client.$queryRaw`
        SELECT EXISTS (
          SELECT 1 FROM broadcast_recipient r LEFT JOIN outbox_message o ON o.id = r.outbox_id
          WHERE r.broadcast_id = ${BigInt(number)} AND r.channel = ${channel} AND r.status IS NULL
            AND (r.outbox_id IS NULL AND r.reason IS NULL OR o.id IS NOT NULL AND o.settled_at IS NULL)) AS found`
      return foundRows.parse(rows)[0].found
    },
  }
}

const mostRemembered = 500

function createLooks(): Pick<RecipientStore, 'page' | 'history'> {
  return {
    async page(client, number, { after, limit, now, state }) {
      if (state !== undefined) {
        const others = 'r.broadcast_id = $2::bigint AND r.id > $3::bigint'
        const sql = linesSql(others, 't.id LIMIT $4::int', 't.state = $5')
        return lineRows.parse(await client.$queryRawUnsafe(sql, now, BigInt(number), after, limit, state))
      }
      // The page first, then what became of it.
      const which = `r.id IN (SELECT p.id FROM broadcast_recipient p
        WHERE p.broadcast_id = $2::bigint AND p.id > $3::bigint ORDER BY p.id LIMIT $4::int)`
      const sql = linesSql(which, 't.id')
      return lineRows.parse(await client.$queryRawUnsafe(sql, now, BigInt(number), after, limit))
    },
    async history(client, id, now) {
      const rows = await client.$queryRaw`SELECT contact_id FROM broadcast_recipient WHERE id = ${id}`
      const [found] = contactRows.parse(rows)
      if (found === undefined) return undefined
      const { contact_id: contactId } = found
      const which = contactId === undefined ? 'r.id = $2::bigint' : 'r.contact_id = $2::uuid'
      const sql = linesSql(which, `t.broadcast_id DESC LIMIT ${mostRemembered}`)
      return { contactId, lines: lineRows.parse(await client.$queryRawUnsafe(sql, now, contactId ?? id)) }
    },
  }
}
