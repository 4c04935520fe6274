import type pg from 'pg'
import { z } from 'zod'
import type { Address, ChannelName, Progress, Purpose } from '../channels/channel.ts'
import type { Transaction } from '../storage/database.ts'
import { chatsWithUnsentAtSql, chatsWithUnsentSql } from './due-sql.ts'
import { failWaitingSql, noteProgressSql, postponeSql } from './progress-sql.ts'
import { addressColumns, addressOf, big, bytes, createRun, idRow } from './store-rows.ts'
import { historySql, linesSql, outgoingSql, sayManySql, saySql, unaskedSql, unsentSql } from './store-sql.ts'

/** Why something is said in one chat: broadcasts go another way. */
export type ChatPurpose = Exclude<Purpose, 'broadcast'>

/** A message that waits to be sent. */
export interface Unsent {
  readonly id: bigint
  readonly chatId: bigint
  readonly address: Address
  readonly body: Uint8Array
  readonly kind: ChatPurpose
  readonly attempts: number
  /** Sent or not, nobody knows: then `attempts` counts only the tries that ended so. */
  readonly isInDoubt: boolean
  readonly token: string
  readonly createdAt: Date
  readonly nextAttemptAt: Date
}

/** What became of a send. */
export interface Settlement {
  readonly id: bigint
  readonly status: 'sent' | 'failed' | 'unknown'
  readonly externalId: string | null
  readonly failure: string | null
}

/** One line of a chat, for whoever shows it again. */
export interface HistoryRow {
  /** The outbox id of what the bot said, the external id of what the person wrote. */
  readonly id: string
  readonly from: 'bot' | 'person'
  readonly body: Uint8Array
  readonly at: Date
}

/** The bot's own account on a platform. */
export interface Account {
  readonly channel: ChannelName
  readonly account: string
}

/** The outbox in PostgreSQL, and what it and the inbox hold of a chat. */
export interface OutboxStore {
  /** Puts messages that no one asked for just now into the outbox, and tells every process of it. Resolves to their ids. */
  say(
    chatId: bigint,
    bodies: readonly Uint8Array[],
    kind: ChatPurpose,
    now: Date,
    transaction?: Transaction,
  ): Promise<readonly bigint[]>
  /**
   * Puts a message for each of many chats into the outbox, in their order; the id of each chat's last. Chats that nobody can be
   * told in are left out. Where there is no way for broadcasts they are notices, and of no batch.
   */
  sayMany(
    messages: readonly { readonly chatId: bigint; readonly body: Uint8Array }[],
    kind: Purpose,
    now: Date,
    transaction: Transaction,
    batchId?: bigint,
  ): Promise<ReadonlyMap<bigint, bigint>>
  /** What waits in the chat, besides broadcasts. */
  unsent(chatId: bigint): Promise<readonly Unsent[]>
  /** Chats on the accounts in which something can go out now: those with an answer first, then the oldest. */
  chatsWithUnsent(accounts: readonly Account[], now: Date, limit: number): Promise<readonly bigint[]>
  /** The same, of the people with these ids on one account. */
  chatsWithUnsentAt(
    account: Account,
    ids: readonly string[],
    now: Date,
    limit: number,
  ): Promise<readonly bigint[]>
  /** Which of the chats are on the account. */
  chatsOn(account: Account, chatIds: readonly bigint[]): Promise<readonly bigint[]>
  settle(settlements: readonly Settlement[], now: Date): Promise<void>
  /** Notes what became of messages on the account after the platform took them; nothing undoes that one arrived. */
  noteProgress(account: Account, news: readonly Progress[], now: Date): Promise<void>
  /** Has a message tried again later, unless it was settled meanwhile. */
  postpone(id: bigint, until: Date, failure: string): Promise<void>
  /** Marks the chat stopped and settles all that waits in it as failed. */
  stopChat(chatId: bigint, failure: string, now: Date): Promise<void>
  /** Settles all that waits in the chat as failed; what is said in it later goes out as usual. */
  failWaiting(chatId: bigint, failure: string, now: Date): Promise<void>
  /** The sealed message under a token on the account. */
  outgoing(account: Account, token: string): Promise<Uint8Array | undefined>
  /** How many messages that were no replies went out on the account since, or may have. */
  countUnasked(account: Account, since: Date): Promise<number>
  history(address: Address, afterOutboxId: bigint | undefined, limit: number): Promise<readonly HistoryRow[]>
  /** The newest lines of a chat, oldest first. */
  lines(chatId: bigint, limit: number): Promise<readonly HistoryRow[]>
}

const unsentRow = z.object({
  id: big,
  chat_id: big,
  ...addressColumns,
  body: bytes,
  kind: z.enum(['reply', 'notice']),
  attempts: z.number(),
  status: z.string(),
  token: z.string(),
  created_at: z.date(),
  next_attempt_at: z.date(),
})
const bodyRow = z.object({ body: bytes })
const saidRow = z.object({ ids: z.array(big) })
const toldRow = z.object({ chat_id: big, id: big })
const countRow = z.object({ n: z.number() })
const historyRow = z.object({ id: z.string(), from: z.enum(['bot', 'person']), body: bytes, at: z.date() })

/** Of more chats than these no process is told: it finds them when it looks through the outbox. */
const mostSignals = 50

/** Makes the store. */
export function createOutboxStore({ pool }: { pool: pg.Pool }): OutboxStore {
  const run = createRun(pool)
  return {
    async say(chatId, bodies, kind, now, transaction) {
      const values = [chatId, bodies, kind, now]
      if (transaction === undefined) return (await run(saidRow, saySql, values)).flatMap(({ ids }) => ids)
      const rows = await transaction.$queryRawUnsafe(saySql, ...values)
      return z.array(saidRow).parse(rows)[0]?.ids ?? []
    },
    async sayMany(messages, kind, now, transaction, batchId) {
      if (messages.length === 0) return new Map()
      const chats = messages.map(({ chatId }) => chatId)
      const bodies = messages.map(({ body }) => body)
      const values = [chats, bodies, kind, now, mostSignals, batchId ?? null]
      const rows = z.array(toldRow).parse(await transaction.$queryRawUnsafe(sayManySql, ...values))
      return new Map(rows.map(({ chat_id, id }) => [chat_id, id]))
    },
    async unsent(chatId) {
      return (await run(unsentRow, unsentSql, [chatId])).map((row) => ({
        id: row.id,
        chatId: row.chat_id,
        address: addressOf(row),
        body: row.body,
        kind: row.kind,
        attempts: row.attempts,
        isInDoubt: row.status === 'unknown',
        token: row.token,
        createdAt: row.created_at,
        nextAttemptAt: row.next_attempt_at,
      }))
    },
    async chatsWithUnsent(accounts, now, limit) {
      const channels = accounts.map(({ channel }) => channel)
      const names = accounts.map(({ account }) => account)
      return (await run(idRow, chatsWithUnsentSql, [now, limit, channels, names])).map((row) => row.id)
    },
    async chatsWithUnsentAt({ channel, account }, ids, now, limit) {
      const values = [now, limit, channel, account, ids]
      return (await run(idRow, chatsWithUnsentAtSql, values)).map((row) => row.id)
    },
    async chatsOn({ channel, account }, chatIds) {
      const sql = 'SELECT id FROM chat WHERE id = ANY($3::bigint[]) AND channel = $1 AND account = $2'
      return (await run(idRow, sql, [channel, account, chatIds])).map((row) => row.id)
    },
    async settle(unsorted, now) {
      // In the order of their ids, so that two processes never wait for each other.
      const settlements = unsorted.toSorted((one, other) => Number(one.id - other.id))
      await pool.query(
        `UPDATE outbox_message o SET status = s.status, external_id = s.external_id, failure = s.failure,
           settled_at = $5, attempts = attempts + 1
         FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) AS s(id, status, external_id, failure)
         WHERE o.id = s.id AND o.settled_at IS NULL`,
        [
          settlements.map(({ id }) => id),
          settlements.map(({ status }) => status),
          settlements.map(({ externalId }) => externalId),
          settlements.map(({ failure }) => failure),
          now,
        ],
      )
    },
    async noteProgress({ channel, account }, news, now) {
      if (news.length === 0) return
      await pool.query(noteProgressSql, [
        channel,
        account,
        now,
        news.map(({ token }) => token),
        news.map(({ state }) => state),
        news.map(({ at }) => at),
        news.map(({ failure }) => failure ?? 'refused'),
      ])
    },
    async postpone(id, until, failure) {
      await pool.query(postponeSql, [id, until, failure])
    },
    async stopChat(chatId, failure, now) {
      await pool.query(
        `WITH stopped AS (UPDATE chat SET state = 'stopped' WHERE id = $1) ${failWaitingSql}`,
        [chatId, failure, now],
      )
    },
    async failWaiting(chatId, failure, now) {
      await pool.query(failWaitingSql, [chatId, failure, now])
    },
    async outgoing({ channel, account }, token) {
      return (await run(bodyRow, outgoingSql, [channel, account, token]))[0]?.body
    },
    async countUnasked({ channel, account }, since) {
      return (await run(countRow, unaskedSql, [channel, account, since]))[0]?.n ?? 0
    },
    async history(at, after, limit) {
      const values = [at.channel, at.account, at.id, after ?? null, limit]
      return run(historyRow, historySql, values)
    },
    lines: (chatId, limit) => run(historyRow, linesSql, [chatId, limit]),
  }
}
