import type pg from 'pg'
import { z } from 'zod'
import type { Address } from '../channels/channel.ts'
import type { Database, Transaction } from '../storage/database.ts'
import { gather } from './gather.ts'
import {
  type NewMessage,
  type Pending,
  type Received,
  receiveValues,
  type SavedTurn,
  saveTurnsValues,
  type TurnSaved,
} from './inbox-rows.ts'
import { addressColumns, addressOf, big, bytes, createRun, idRow } from './store-rows.ts'
import { nextSql, receiveSql, saveFreeTurnsSql, saveLockedTurnSql, saveTurnsSql } from './store-sql.ts'

/** The inbox and the sessions in PostgreSQL. */
export interface InboxStore {
  /** Puts a message in the inbox. Undefined: it was there already. */
  receive(message: NewMessage): Promise<Received | undefined>
  /** The chat's oldest message that nobody handled. */
  next(chatId: bigint): Promise<Pending | undefined>
  /**
   * Saves a turn; the caller saves one turn of a chat at a time. Within the transaction of `withChatLocked` the version is
   * not asked for again: what the turn's own actions did to the chat does not undo the turn.
   */
  saveTurn(turn: SavedTurn, transaction?: Transaction): Promise<TurnSaved | undefined>
  /** Locks the chat and runs `work`; undefined when the version is no longer the pending one's. */
  withChatLocked<T>(pending: Pending, work: (transaction: Transaction) => Promise<T>): Promise<T | undefined>
  countFailure(inboxId: bigint, failure: string): Promise<void>
  /** Chats with a message that has waited since before `before`, oldest first. */
  chatsWithUnhandled(before: Date, limit: number): Promise<readonly bigint[]>
  chatAt(address: Address): Promise<bigint | undefined>
  /** Whether the message is in the inbox, handled or not. */
  has(address: Address, externalId: string): Promise<boolean>
}

const chatState = {
  chat_id: big,
  contact_id: z.string(),
  ...addressColumns,
  session: bytes.nullable(),
  last_message_at: z.date().nullable(),
  held_until: z.date().nullable(),
  version: z.number(),
  notices: z.array(z.string()),
}
const receivedRow = z.object({ inbox_id: big, external_id: z.string(), first: z.boolean(), ...chatState })
const pendingRow = z.object({
  inbox_id: big,
  external_id: z.string(),
  sent_at: z.date(),
  body: bytes,
  attempts: z.number(),
  ...chatState,
})
const savedRow = z.object({
  chat_id: big,
  ids: z.array(big),
  tokens: z.array(z.string()),
  others_wait: z.boolean(),
})
/** How many messages or turns share a statement at most. */
const batchLimit = 100

/**
 * Makes the store. The way of every message is plain SQL in few statements, which messages and turns of different chats
 * share when they come together; Prisma's transaction carries actions.
 */
export function createInboxStore(deps: { pool: pg.Pool; prisma: Database }): InboxStore {
  const { pool, prisma } = deps
  const run = createRun(pool)

  async function makeChat(from: Address): Promise<void> {
    await pool.query(
      `WITH made AS (
         INSERT INTO chat (contact_id, channel, account, external_id) VALUES (gen_random_uuid(), $1, $2, $3)
         ON CONFLICT (channel, account, external_id) DO NOTHING RETURNING contact_id
       )
       INSERT INTO contact (id) SELECT contact_id FROM made`,
      [from.channel, from.account, from.id],
    )
  }

  async function chatAt(at: Address): Promise<bigint | undefined> {
    const sql = 'SELECT id FROM chat WHERE channel = $1 AND account = $2 AND external_id = $3'
    return (await run(idRow, sql, [at.channel, at.account, at.id]))[0]?.id
  }

  async function put(messages: readonly NewMessage[]): Promise<(Received | undefined)[]> {
    const rows = await run(receivedRow, receiveSql, receiveValues(messages))
    const rowOf = new Map(rows.map((row) => [keyOf(addressOf(row), row.external_id), row]))
    return messages.map(({ from, externalId, sentAt, body }) => {
      const key = keyOf(from, externalId)
      const row = rowOf.get(key)
      if (row === undefined) return undefined
      // The same message twice in a batch was put once.
      rowOf.delete(key)
      const pending = { ...pendingOf(row), externalId, sentAt, body, attempts: 0 }
      return { chatId: row.chat_id, pending: row.first ? pending : undefined }
    })
  }

  async function putOne(message: NewMessage): Promise<Received | undefined> {
    const [known] = await put([message])
    if (known !== undefined) return known
    if ((await chatAt(message.from)) === undefined) await makeChat(message.from)
    // Another message may have made the chat just now: only the inbox tells whether this one is there.
    return (await put([message]))[0]
  }

  const savedOf = (rows: readonly z.infer<typeof savedRow>[], turns: readonly SavedTurn[]) => {
    const rowOf = new Map(rows.map((row) => [row.chat_id, row]))
    return turns.map(({ pending }) => {
      const row = rowOf.get(pending.chatId)
      return row && { outboxIds: row.ids, tokens: row.tokens, othersWait: row.others_wait }
    })
  }

  async function saveOne(turn: SavedTurn, transaction?: Transaction): Promise<TurnSaved | undefined> {
    const values = saveTurnsValues([turn])
    const rows =
      transaction === undefined
        ? await run(savedRow, saveTurnsSql, values)
        : z.array(savedRow).parse(await transaction.$queryRawUnsafe(saveLockedTurnSql, ...values))
    return savedOf(rows, [turn])[0]
  }

  const receive = gather<NewMessage, Received | undefined>({ many: put, one: putOne, limit: batchLimit })
  const saveGathered = gather<SavedTurn, TurnSaved | undefined>({
    many: async (turns) => savedOf(await run(savedRow, saveFreeTurnsSql, saveTurnsValues(turns)), turns),
    one: (turn) => saveOne(turn),
    limit: batchLimit,
  })

  return {
    receive,
    saveTurn: (turn, transaction) =>
      transaction === undefined ? saveGathered(turn) : saveOne(turn, transaction),
    chatAt,
    async has(at, externalId) {
      const sql = `SELECT i.id FROM inbox_message i JOIN chat c ON c.id = i.chat_id
        WHERE c.channel = $1 AND c.account = $2 AND c.external_id = $3 AND i.external_id = $4`
      return (await run(idRow, sql, [at.channel, at.account, at.id, externalId])).length > 0
    },
    async next(chatId) {
      const [row] = await run(pendingRow, nextSql, [chatId])
      if (row === undefined) return undefined
      const { external_id, sent_at, body, attempts } = row
      return { ...pendingOf(row), externalId: external_id, sentAt: sent_at, body, attempts }
    },
    withChatLocked(pending, work) {
      return prisma.$transaction(async (transaction) => {
        const rows = z
          .array(z.object({ version: z.number() }))
          .parse(
            await transaction.$queryRaw`SELECT version FROM chat WHERE id = ${pending.chatId} FOR NO KEY UPDATE`,
          )
        return rows[0]?.version === pending.version ? work(transaction) : undefined
      })
    },
    async countFailure(inboxId, failure) {
      await pool.query('UPDATE inbox_message SET attempts = attempts + 1, failure = $2 WHERE id = $1', [
        inboxId,
        failure,
      ])
    },
    async chatsWithUnhandled(before, limit) {
      const sql = `SELECT chat_id AS id FROM inbox_message WHERE handled_at IS NULL
        GROUP BY chat_id HAVING min(received_at) < $1 ORDER BY min(id) LIMIT $2`
      return (await run(idRow, sql, [before, limit])).map((row) => row.id)
    },
  }
}

type ChatRow = z.infer<typeof receivedRow> | z.infer<typeof pendingRow>

function pendingOf(row: ChatRow) {
  return {
    inboxId: row.inbox_id,
    chatId: row.chat_id,
    contactId: row.contact_id,
    address: addressOf(row),
    session: row.session,
    lastMessageAt: row.last_message_at,
    heldUntil: row.held_until,
    version: row.version,
    notices: row.notices,
  }
}

function keyOf(from: Address, externalId: string): string {
  return JSON.stringify([from.channel, from.account, from.id, externalId])
}
