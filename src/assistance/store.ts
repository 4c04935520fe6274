import type { Transaction } from '../storage/database.ts'
import type { PastChecks } from './limits.ts'

export type { Transaction } from '../storage/database.ts'

/** The version of a list that is in force. */
export interface ListInForce {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly asOf: Date
  readonly period: string | null
  /** Those that its file had columns for, in order. */
  readonly programmes: readonly ProgrammeRow[]
  readonly hashKeyId: string
}

/** A person as the check sees them. */
export interface StoredPerson {
  readonly listId: string
  readonly householdHash: Uint8Array
  readonly birthDate: Date | null
  readonly name: Uint8Array
  readonly programmes: readonly string[]
}

/** A row of the programmes. */
interface ProgrammeRow {
  readonly code: string
  readonly name: string
  readonly title: string
}

/** One hash to look for in one list. */
export interface ListKey {
  readonly listId: string
  readonly hash: Uint8Array<ArrayBuffer>
}

/** What a hash to look for is of. */
export type KeyKind = 'nik' | 'details' | 'household'

/** A claim code as it is looked up. */
export interface StoredCode {
  readonly id: bigint
  readonly listKind: string
  readonly householdHashes: readonly Uint8Array<ArrayBuffer>[]
}

/** One check, for the limits. */
export interface Attempt {
  readonly contactId: string
  readonly chatId: string
  readonly way: string
  readonly outcome: string
  readonly failed: boolean
  readonly subjectHash: Uint8Array<ArrayBuffer>
  readonly at: Date
}

/** The check's part of the database; everything happens in the caller's transaction. */
export type CheckStore = ReturnType<typeof createCheckStore>

/** The check's part of the database. */
export function createCheckStore() {
  return {
    /**
     * Makes checks of one chat wait for each other, and reads the lists in force; undefined when there is no such chat.
     * The limits are for a later query: one that waited here still sees what was there before it waited.
     */
    async enter(transaction: Transaction, chatId: string): Promise<readonly ListInForce[] | undefined> {
      const rows = await transaction.$queryRawUnsafe<(ListInForce | NoList)[]>(
        `WITH asking AS (SELECT id FROM chat WHERE id = $1 FOR NO KEY UPDATE)
         SELECT list.* FROM asking LEFT JOIN (${listsSql}) list ON true ORDER BY list."asOf" DESC, list.kind`,
        BigInt(chatId),
      )
      return rows.length === 0 ? undefined : rows.filter((row) => row.id !== null)
    },
    async past(
      transaction: Transaction,
      chatId: string,
      since: { failures: Date; persons: Date },
    ): Promise<PastChecks> {
      const [past] = await transaction.$queryRawUnsafe<PastChecks[]>(pastSql, ...pastValues(chatId, since))
      return past ?? { failedToday: 0, foundAt: [] }
    },
    /**
     * What the chat checked lately, how often checks of the subject failed in any chat since `subject.since`, and whom these
     * hashes find, in one query.
     */
    async pastAndPersons(
      transaction: Transaction,
      chatId: string,
      since: { failures: Date; persons: Date },
      subject: { hash: Uint8Array<ArrayBuffer>; since: Date },
      kind: KeyKind,
      keys: readonly ListKey[],
    ): Promise<{
      readonly past: PastChecks
      readonly failures: number
      readonly persons: readonly StoredPerson[]
    }> {
      const values = [...pastValues(chatId, since), subject.hash, subject.since]
      const rows = await transaction.$queryRawUnsafe<
        (PastChecks & { failures: number } & (StoredPerson | NoPerson))[]
      >(
        `SELECT past.*, (SELECT count(*)::int FROM check_attempt WHERE subject_hash = $4 AND failed AND at > $5) AS failures,
           person.* FROM (${pastSql}) past
         LEFT JOIN (${personsSql(kind, keys.length, values.length)}) person ON true ORDER BY person.id`,
        ...values,
        ...personValues(keys),
      )
      const [past = { failedToday: 0, foundAt: [], failures: 0 }] = rows
      return { past, failures: past.failures, persons: rows.filter((row) => row.listId !== null) }
    },
    /** The newest first, each with the programmes that its file spoke of. */
    async listsInForce(transaction: Transaction): Promise<readonly ListInForce[]> {
      return transaction.$queryRawUnsafe<ListInForce[]>(`${listsSql} ORDER BY l.as_of DESC, l.kind`)
    },
    byNik: (transaction: Transaction, keys: readonly ListKey[]) => findPersons(transaction, 'nik', keys),
    byHousehold: (transaction: Transaction, keys: readonly ListKey[]) =>
      findPersons(transaction, 'household', keys),
    /** A code that is valid at `now`, by its hash under any key. */
    async validCode(
      transaction: Transaction,
      hashes: readonly Uint8Array<ArrayBuffer>[],
      now: Date,
    ): Promise<StoredCode | undefined> {
      const where = { codeHash: { in: [...hashes] }, revokedAt: null, expiresAt: { gt: now } }
      const select = { id: true, listKind: true, householdHashes: true }
      return (await transaction.claimCode.findFirst({ where, select })) ?? undefined
    },
    async markUsed(transaction: Transaction, id: bigint, at: Date): Promise<void> {
      await transaction.claimCode.update({ where: { id }, data: { lastUsedAt: at }, select: { id: true } })
    },
    /** Failed ones of one subject wait for each other, until their transactions end. */
    async addAttempt(transaction: Transaction, attempt: Attempt): Promise<void> {
      const { contactId, chatId, way, outcome, failed, subjectHash, at } = attempt
      await transaction.$executeRaw`
        WITH turn AS MATERIALIZED (SELECT CASE WHEN ${failed}
          THEN pg_advisory_xact_lock(hashtextextended(encode(${subjectHash}::bytea, 'hex'), 1)) END AS taken)
        INSERT INTO check_attempt (contact_id, chat_id, way, outcome, failed, subject_hash, at)
        SELECT ${contactId}::uuid, ${BigInt(chatId)}::bigint, ${way}, ${outcome}, ${failed}, ${subjectHash}::bytea, ${at}::timestamptz
        FROM turn`
    },
    /** In how many chats checks of this subject failed since `since`; for whoever has added a failed one. */
    async chatsFailing(transaction: Transaction, subject: Uint8Array, since: Date): Promise<number> {
      const rows = await transaction.$queryRaw<{ chats: number }[]>`
        SELECT count(DISTINCT chat_id)::int AS chats FROM check_attempt
        WHERE subject_hash = ${subject}::bytea AND failed AND at > ${since}`
      return rows[0]?.chats ?? 0
    },
    /** Raises an alarm unless one of the kind is open for the subject. */
    async raiseAlarm(
      transaction: Transaction,
      alarm: {
        kind: string
        subjectHash: Uint8Array<ArrayBuffer>
        details: Readonly<Record<string, number>>
        at: Date
      },
    ): Promise<void> {
      const { at, ...data } = alarm
      await transaction.alarm.createMany({ data: [{ ...data, raisedAt: at }], skipDuplicates: true })
    },
  }
}

// Written by hand, as each query of a check costs more on the way than in the database.

interface NoList {
  readonly id: null
}

interface NoPerson {
  readonly listId: null
}

const listsSql = `SELECT l.id::text, l.kind, l.title, l.as_of AS "asOf", l.period, l.hash_key_id AS "hashKeyId",
    (SELECT coalesce(json_agg(json_build_object('code', p.code, 'name', p.name, 'title', p.title)
       ORDER BY p.sort, p.code), '[]') FROM programme p WHERE p.code = ANY (l.programmes)) AS programmes
  FROM active_list a JOIN assistance_list l ON l.id = a.list_id`

const pastSql = `SELECT coalesce(sum(checks) FILTER (WHERE failed), 0)::int AS "failedToday",
    coalesce(array_agg(last) FILTER (WHERE NOT failed), '{}') AS "foundAt"
  FROM (SELECT failed, count(*) AS checks, max(at) AS last FROM check_attempt
    WHERE chat_id = $1 AND at >= $2 AND (NOT failed OR at >= $3) AND outcome <> 'locked' AND outcome <> 'not_loaded'
    GROUP BY failed, CASE WHEN failed THEN NULL ELSE subject_hash END) counted`

function pastValues(chatId: string, since: { failures: Date; persons: Date }): readonly unknown[] {
  return [BigInt(chatId), since.persons, since.failures]
}

/** Members of a household come in the order of the file: its head first. The keys stand after `before` other values. */
function personsSql(kind: KeyKind, keys: number, before: number): string {
  const pairs = Array.from(
    { length: keys },
    (_, at) => `($${before + at * 2 + 1}::uuid, $${before + at * 2 + 2}::bytea)`,
  )
  return `SELECT id, list_id::text AS "listId", household_hash AS "householdHash", birth_date AS "birthDate", name,
      programmes
    FROM listed_person WHERE (list_id, ${kind}_hash) IN (${pairs.join(', ')}) ORDER BY id LIMIT 40`
}

function personValues(keys: readonly ListKey[]): readonly unknown[] {
  return keys.flatMap(({ listId, hash }) => [listId, hash])
}

function findPersons(
  transaction: Transaction,
  kind: KeyKind,
  keys: readonly ListKey[],
): Promise<readonly StoredPerson[]> {
  return transaction.$queryRawUnsafe<StoredPerson[]>(personsSql(kind, keys.length, 0), ...personValues(keys))
}
