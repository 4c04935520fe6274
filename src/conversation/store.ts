import type pg from 'pg'
import { z } from 'zod'
import type { Address, ChannelName } from '../channels/channel.ts'
import { channelNames } from '../channels/channel.ts'
import type { Database, Transaction } from '../storage/database.ts'
import { gather } from './gather.ts'
import { nextSql, receiveSql, saveFreeTurnsSql, saveTurnsSql, saySql, unsentSql } from './store-sql.ts'

/** A message in the inbox, with the chat as it stands. `version` is what a turn must name to be saved. */
export interface Pending {
  readonly inboxId: bigint
  readonly chatId: bigint
  readonly contactId: string
  readonly address: Address
  readonly externalId: string
  readonly sentAt: Date
  readonly body: Uint8Array
  readonly attempts: number
  readonly session: Uint8Array | null
  /** When the chat's last message was handled. */
  readonly lastMessageAt: Date | null
  readonly version: number
  /** Versions of the privacy notice that this chat was shown. */
  readonly notices: readonly string[]
}

/** What a turn changed. It is saved whole or not at all. */
export interface SavedTurn {
  readonly pending: Pending
  readonly session: Uint8Array
  readonly flow: string | null
  readonly step: string | null
  readonly transcript: Uint8Array
  readonly replies: readonly Uint8Array[]
  readonly notice: { readonly version: string; readonly textHash: string } | undefined
  /** The class of failure that set this message aside. */
  readonly failure: string | undefined
  readonly now: Date
}

/** What saving a turn told. Undefined: somebody else saved a turn of this chat first. */
export interface TurnSaved {
  readonly outboxIds: readonly bigint[]
  /** Whether something older still waits to be sent: then these must wait too. */
  readonly othersWait: boolean
}

/** A message that waits to be sent. */
export interface Unsent {
  readonly id: bigint
  readonly chatId: bigint
  readonly address: Address
  readonly body: Uint8Array
  readonly kind: string
  readonly status: string
  readonly attempts: number
  readonly nextAttemptAt: Date
}

/** One line of a chat, for whoever shows it again. */
export interface HistoryRow {
  /** The outbox id of what the bot said, the external id of what the person wrote. */
  readonly id: string
  readonly from: 'bot' | 'person'
  readonly body: Uint8Array
  readonly at: Date
}

/** What became of a send. */
export interface Settlement {
  readonly id: bigint
  readonly status: 'sent' | 'failed' | 'unknown'
  readonly externalId: string | null
  readonly failure: string | null
}

/** The inbox, the sessions and the outbox in PostgreSQL. */
export interface ConversationStore {
  /** Puts a message in the inbox. Undefined: it was there already. */
  receive(message: NewMessage): Promise<Received | undefined>
  /** The chat's oldest message that nobody handled. */
  next(chatId: bigint): Promise<Pending | undefined>
  /** Saves a turn; the caller saves one turn of a chat at a time. */
  saveTurn(turn: SavedTurn, transaction?: Transaction): Promise<TurnSaved | undefined>
  /** Locks the chat and runs `work`; undefined when the version is no longer the pending one's. */
  withChatLocked<T>(pending: Pending, work: (transaction: Transaction) => Promise<T>): Promise<T | undefined>
  countFailure(inboxId: bigint, failure: string): Promise<void>
  /** Chats with a message that has waited since before `before`, oldest first. */
  chatsWithUnhandled(before: Date, limit: number): Promise<readonly bigint[]>
  /** Puts messages that no one asked for just now into the outbox, and tells every process of it. */
  say(
    chatId: bigint,
    bodies: readonly Uint8Array[],
    kind: 'reply' | 'notice',
    now: Date,
    transaction?: Transaction,
  ): Promise<void>
  unsent(chatId: bigint): Promise<readonly Unsent[]>
  chatsWithUnsent(accounts: readonly Account[], now: Date, limit: number): Promise<readonly bigint[]>
  chatAt(address: Address): Promise<bigint | undefined>
  settle(settlements: readonly Settlement[], now: Date): Promise<void>
  postpone(id: bigint, until: Date, failure: string): Promise<void>
  /** Marks the chat stopped and settles all that waits in it as failed. */
  stopChat(chatId: bigint, failure: string, now: Date): Promise<void>
  history(address: Address, afterOutboxId: bigint | undefined, limit: number): Promise<readonly HistoryRow[]>
}

export interface Account {
  readonly channel: ChannelName
  readonly account: string
}

/** A message as it goes into the inbox; `body` is sealed. */
export interface NewMessage {
  readonly from: Address
  readonly externalId: string
  readonly sentAt: Date
  readonly receivedAt: Date
  readonly body: Uint8Array
}

export interface Received {
  readonly chatId: bigint
  /** The message itself, when it is the chat's oldest and can be handled without asking again. */
  readonly pending: Pending | undefined
}

const big = z.union([z.bigint(), z.string(), z.number()]).transform(BigInt)
const bytes = z.instanceof(Uint8Array)
const address = { channel: z.enum(channelNames), account: z.string(), chat_external_id: z.string() }
const chatState = {
  chat_id: big,
  contact_id: z.string(),
  ...address,
  session: bytes.nullable(),
  last_message_at: z.date().nullable(),
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
const savedRow = z.object({ chat_id: big, ids: z.array(big), others_wait: z.boolean() })
const unsentRow = z.object({
  id: big,
  chat_id: big,
  ...address,
  body: bytes,
  kind: z.string(),
  status: z.string(),
  attempts: z.number(),
  next_attempt_at: z.date(),
})
const idRow = z.object({ id: big })
const historyRow = z.object({ id: z.string(), from: z.enum(['bot', 'person']), body: bytes, at: z.date() })

/** How many messages or turns share a statement at most. */
const batchLimit = 100

/**
 * Makes the store. The way of every message is plain SQL in few statements, which messages and turns of different chats
 * share when they come together; Prisma's transaction carries actions.
 */
export function createConversationStore(deps: { pool: pg.Pool; prisma: Database }): ConversationStore {
  const { pool, prisma } = deps
  const run = async <T>(schema: z.ZodType<T>, text: string, values: readonly unknown[]): Promise<T[]> => {
    const { rows } = await pool.query({ name: statementName(text), text, values: [...values] })
    return rows.map((row) => schema.parse(row))
  }

  async function makeChat(from: Address): Promise<void> {
    await pool.query(
      `WITH person AS (INSERT INTO contact DEFAULT VALUES RETURNING id)
       INSERT INTO chat (contact_id, channel, account, external_id) SELECT id, $1, $2, $3 FROM person
       ON CONFLICT (channel, account, external_id) DO NOTHING`,
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
      return row && { outboxIds: row.ids, othersWait: row.others_wait }
    })
  }

  async function saveOne(turn: SavedTurn, transaction?: Transaction): Promise<TurnSaved | undefined> {
    const values = saveTurnsValues([turn])
    const rows =
      transaction === undefined
        ? await run(savedRow, saveTurnsSql, values)
        : z.array(savedRow).parse(await transaction.$queryRawUnsafe(saveTurnsSql, ...values))
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
    async say(chatId, bodies, kind, now, transaction) {
      const values = [chatId, bodies, kind, now]
      if (transaction === undefined) await pool.query(saySql, values)
      else await transaction.$queryRawUnsafe(saySql, ...values)
    },
    async unsent(chatId) {
      return (await run(unsentRow, unsentSql, [chatId])).map((row) => ({
        id: row.id,
        chatId: row.chat_id,
        address: addressOf(row),
        body: row.body,
        kind: row.kind,
        status: row.status,
        attempts: row.attempts,
        nextAttemptAt: row.next_attempt_at,
      }))
    },
    async chatsWithUnsent(accounts, now, limit) {
      const sql = `SELECT o.chat_id AS id FROM outbox_message o JOIN chat c ON c.id = o.chat_id
        WHERE o.settled_at IS NULL AND (c.channel, c.account) IN (SELECT * FROM unnest($1::text[], $2::text[]))
        GROUP BY o.chat_id HAVING min(o.next_attempt_at) <= $3 ORDER BY min(o.id) LIMIT $4`
      const channels = accounts.map(({ channel }) => channel)
      const names = accounts.map(({ account }) => account)
      return (await run(idRow, sql, [channels, names, now, limit])).map((row) => row.id)
    },
    async settle(settlements, now) {
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
    async postpone(id, until, failure) {
      const sql =
        'UPDATE outbox_message SET next_attempt_at = $2, failure = $3, attempts = attempts + 1 WHERE id = $1'
      await pool.query(sql, [id, until, failure])
    },
    async stopChat(chatId, failure, now) {
      await pool.query(
        `WITH stopped AS (UPDATE chat SET state = 'stopped' WHERE id = $1)
         UPDATE outbox_message SET status = 'failed', failure = $2, settled_at = $3
         WHERE chat_id = $1 AND settled_at IS NULL`,
        [chatId, failure, now],
      )
    },
    async history(at, after, limit) {
      const sql = `
        SELECT id, "from", body, at FROM (
          SELECT o.id::text AS id, 'bot' AS "from", o.body, o.created_at AS at, o.id AS place
          FROM outbox_message o WHERE o.chat_id = $1 AND ($2::bigint IS NULL OR o.id > $2)
          UNION ALL
          SELECT i.external_id, 'person', i.transcript, i.received_at, i.id FROM inbox_message i
          WHERE i.chat_id = $1 AND i.transcript IS NOT NULL AND $2::bigint IS NULL
          ORDER BY at DESC, "from" ASC, place DESC LIMIT $3
        ) latest ORDER BY at, "from" DESC, place`
      const chatId = await chatAt(at)
      return chatId === undefined ? [] : run(historyRow, sql, [chatId, after ?? null, limit])
    },
  }
}

const names = new Map<string, string>()

/** A name makes PostgreSQL plan a statement once a connection. The same text always has the same name. */
function statementName(text: string): string {
  const name = names.get(text) ?? `conversation ${names.size}`
  names.set(text, name)
  return name
}

function addressOf(row: { channel: ChannelName; account: string; chat_external_id: string }): Address {
  return { channel: row.channel, account: row.account, id: row.chat_external_id }
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
    version: row.version,
    notices: row.notices,
  }
}

function keyOf(from: Address, externalId: string): string {
  return JSON.stringify([from.channel, from.account, from.id, externalId])
}

function receiveValues(messages: readonly NewMessage[]): unknown[] {
  return [
    messages.map(({ from }) => from.channel),
    messages.map(({ from }) => from.account),
    messages.map(({ from }) => from.id),
    messages.map(({ externalId }) => externalId),
    messages.map(({ sentAt }) => sentAt),
    messages.map(({ receivedAt }) => receivedAt),
    messages.map(({ body }) => body),
  ]
}

function saveTurnsValues(turns: readonly SavedTurn[]): unknown[] {
  return [
    turns.map(({ pending }) => pending.chatId),
    turns.map(({ pending }) => pending.version),
    turns.map(({ session }) => session),
    turns.map(({ flow }) => flow),
    turns.map(({ step }) => step),
    turns.map(({ now }) => now),
    turns.map(({ transcript }) => transcript),
    turns.map(({ failure }) => failure ?? null),
    turns.map(({ pending }) => pending.inboxId),
    turns.map(({ notice }) => notice?.version ?? null),
    turns.map(({ notice }) => notice?.textHash ?? null),
    turns.flatMap(({ pending, replies }) => replies.map(() => pending.chatId)),
    turns.flatMap(({ replies }) => replies),
  ]
}
