import type pg from 'pg'
import { z } from 'zod'
import type { ChainedEntry, Seal } from './audit-chain.ts'

/** What runs a statement: a pool, or one connection of it. */
export type Queries = Pick<pg.ClientBase, 'query'>

const entryColumns = `e.id, e.at, e.actor_type AS "actorType", e.actor_id AS "actorId", e.action, e.subject,
  e.outcome, e.details::text AS details`
const sealColumns = `s.position, s.entry_id AS "entryId", s.key_id AS "keyId", s.hash, s.sealed_at AS "sealedAt"`

/** A driver's timestamp: infinity comes as a number. */
const infinite = z.custom<number>(
  (value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY,
)
const moment = z.union([z.date().transform((date) => date.getTime()), infinite])
const entryRow = z.object({
  id: z.string(),
  at: moment,
  actorType: z.string(),
  actorId: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  outcome: z.string().nullable(),
  details: z.string(),
})
const sealRow = z.object({
  position: z.coerce.number(),
  entryId: z.string(),
  keyId: z.string(),
  hash: z.instanceof(Uint8Array),
  sealedAt: moment.transform((at) => new Date(at)),
})
const linkRow = sealRow.extend({ entry: entryRow.nullable() })

/** A seal, and its entry where that is still there. */
export interface Link extends Seal {
  readonly entry: ChainedEntry | null
}

const lockKey = `hashtextextended('lopo seal trail', 0)`

/** Takes the sealing lock for the transaction; false when another process has it. */
export async function tryLockChain(queries: Queries): Promise<boolean> {
  const { rows } = await queries.query(`SELECT pg_try_advisory_xact_lock(${lockKey}) AS taken`)
  return rows[0]?.taken === true
}

/** Waits for the sealing lock, and holds it for the transaction. */
export async function lockChain(queries: Queries): Promise<void> {
  await queries.query(`SELECT pg_advisory_xact_lock(${lockKey})`)
}

/** Runs `work` in a transaction on a connection of its own. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (queries: Queries) => Promise<T>,
  begin = 'BEGIN',
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(begin)
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError) => {
      broken = rollbackError
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** The last link, or undefined for a chain that has none. */
export async function lastSeal(queries: Queries): Promise<Seal | undefined> {
  const { rows } = await queries.query(
    `SELECT ${sealColumns} FROM audit_seal s ORDER BY s.position DESC LIMIT 1`,
  )
  return rows[0] === undefined ? undefined : sealRow.parse(rows[0])
}

/** The link at a position. */
export async function sealAt(queries: Queries, position: number): Promise<Seal | undefined> {
  const { rows } = await queries.query(`SELECT ${sealColumns} FROM audit_seal s WHERE s.position = $1`, [
    position,
  ])
  return rows[0] === undefined ? undefined : sealRow.parse(rows[0])
}

/** The id in the last link that was made at `at` or before, `0` when there is none. */
export async function idSealedBy(queries: Queries, at: Date): Promise<string> {
  const { rows } = await queries.query(
    'SELECT entry_id::text AS id FROM audit_seal WHERE sealed_at <= $1 ORDER BY position DESC LIMIT 1',
    [at],
  )
  return rows[0] === undefined ? '0' : z.object({ id: z.string() }).parse(rows[0]).id
}

/** Entries above `id` that have no seal, in the order of their ids. */
export async function unsealedAbove(queries: Queries, id: string, limit: number): Promise<ChainedEntry[]> {
  const { rows } = await queries.query(
    `SELECT ${entryColumns} FROM audit_entry e
     WHERE e.id > $1 AND NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry_id = e.id)
     ORDER BY e.id LIMIT $2`,
    [id, limit],
  )
  return rows.map((row) => entryRow.parse(row))
}

/** Adds links to the chain. */
export async function addSeals(queries: Queries, seals: readonly Seal[]): Promise<void> {
  await queries.query(
    `INSERT INTO audit_seal (position, entry_id, key_id, hash, sealed_at)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bytea[], $5::timestamptz[])`,
    [
      seals.map(({ position }) => position),
      seals.map(({ entryId }) => entryId),
      seals.map(({ keyId }) => keyId),
      seals.map(({ hash }) => Buffer.from(hash)),
      seals.map(({ sealedAt }) => sealedAt),
    ],
  )
}

/** Links after a position with their entries, in order. */
export async function linksAfter(queries: Queries, position: number, limit: number): Promise<Link[]> {
  const { rows } = await queries.query(
    `SELECT ${sealColumns}, ${entryColumns} FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id
     WHERE s.position > $1 ORDER BY s.position LIMIT $2`,
    [position, limit],
  )
  return rows.map((row) => linkRow.parse({ ...row, entry: row.id === null ? null : row }))
}

const unsealedRow = z.object({
  count: z.coerce.number(),
  oldest: moment.nullable(),
  odd: z.string().nullable(),
})

/** What has no seal; `odd` is the first that should long have had one, by its id or its time. */
export async function unsealedEntries(queries: Queries, settled: { id: string; before: Date }) {
  const { rows } = await queries.query(
    `SELECT count(*) AS count, min(e.at) AS oldest, min(e.id) FILTER (WHERE e.id < $1 OR e.at < $2) AS odd
     FROM audit_entry e WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry_id = e.id)`,
    [settled.id, settled.before],
  )
  return unsealedRow.parse(rows[0])
}

/** The action under which a purge of the trail stands in the trail. */
const purgeAction = 'audit.purge'
const claimRow = z.object({ proof: z.string(), keyId: z.string() })

/** What retention jobs have said of deleting up to this position; it proves nothing by itself. */
export async function purgeClaims(queries: Queries, position: number) {
  const { rows } = await queries.query(
    `SELECT details->>'proof' AS proof, details->>'key' AS "keyId" FROM audit_entry
     WHERE action = $1 AND details->>'through' = $2`,
    [purgeAction, String(position)],
  )
  return rows.flatMap((row) => claimRow.safeParse(row).data ?? [])
}

/** Writes into the trail up to which position it was purged, and the proof that the program did it. */
export async function claimPurge(
  queries: Queries,
  { at, ...details }: { at: Date; through: number; before: string; proof: string; key: string },
): Promise<void> {
  await queries.query(
    `INSERT INTO audit_entry (at, actor_type, actor_id, action, details)
     VALUES ($1, 'system', 'retention', $2, $3)`,
    [at, purgeAction, JSON.stringify(details)],
  )
}

/** The last position before the first entry that is not older than `before`; undefined when every sealed entry is older. */
export async function positionBefore(queries: Queries, before: Date): Promise<number | undefined> {
  const { rows } = await queries.query(
    `SELECT s.position FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id WHERE e.at >= $1
     ORDER BY s.position LIMIT 1`,
    [before],
  )
  return rows[0] === undefined ? undefined : Number(rows[0].position) - 1
}

/** Deletes the entries up to a position, and the links before it; returns how many entries went. Needs the owner's rights. */
export async function deleteThrough(queries: Queries, position: number): Promise<number> {
  await queries.query(`SELECT set_config('lopo.purging', 'on', true)`)
  const { rowCount } = await queries.query(
    'DELETE FROM audit_entry e USING audit_seal s WHERE s.entry_id = e.id AND s.position <= $1',
    [position],
  )
  await queries.query('DELETE FROM audit_seal WHERE position < $1', [position])
  return rowCount ?? 0
}
