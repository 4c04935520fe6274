import { createReadStream, createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { z } from 'zod'

/** What a backup wrote or read. */
export interface BackupReport {
  readonly tables: number
  readonly rows: number
}

const header = z.object({ table: z.string(), columns: z.array(z.string()) })
const nameRow = z.array(z.object({ name: z.string() }))
const endOfTable = '\\.'

/**
 * Writes every table into `file` as seen at one moment: gzip of a JSON line for each table, followed by its rows as COPY
 * writes them. Identifiers in it stay hashed and sealed; the keys are not in it.
 */
export async function backUp(pool: pg.Pool, file: string): Promise<BackupReport> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const tables = await tablesInOrder(client)
    let rows = 0
    async function* lines() {
      for (const table of tables) {
        const columns = await columnsOf(client, table)
        yield `${JSON.stringify({ table, columns })}\n`
        const names = columns.map(pg.escapeIdentifier).join(', ')
        const copy = client.query(copyTo(`COPY ${pg.escapeIdentifier(table)} (${names}) TO STDOUT`))
        for await (const chunk of copy) yield chunk
        rows += copy.rowCount
        yield `${endOfTable}\n`
      }
    }
    // A backup that was there before stays until the new one is whole.
    await pipeline(
      Readable.from(lines()),
      createGzip(),
      createWriteStream(`${file}.part`, { mode: 0o600, flush: true }),
    )
    await rename(`${file}.part`, file)
    await client.query('COMMIT')
    return { tables: tables.length, rows }
  } finally {
    client.release()
  }
}

/** Reads a backup into a database that is migrated and holds no contacts, lists or accounts yet; all of it or nothing. */
export async function restore(pool: pg.Pool, file: string): Promise<BackupReport> {
  const client = await pool.connect()
  try {
    const { rows: used } = await client.query(
      `SELECT 1 FROM contact UNION ALL SELECT 1 FROM assistance_list UNION ALL SELECT 1 FROM audit_entry
       UNION ALL SELECT 1 FROM whatsapp_account LIMIT 1`,
    )
    if (used.length > 0)
      throw new Error('the database is not empty: restore into a new LOPO_DATA_DIR or DATABASE_URL')
    await client.query('BEGIN')
    // What the migrations put in comes with the backup too.
    await client.query('DELETE FROM programme')
    const report = await readTables(client, file)
    await client.query('COMMIT')
    return report
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

async function readTables(client: pg.PoolClient, file: string): Promise<BackupReport> {
  const input = createReadStream(file).pipe(createGunzip())
  const lines = createInterface({ input, crlfDelay: 0 })[Symbol.asyncIterator]()
  const report = { tables: 0, rows: 0 }
  for (;;) {
    const first = await lines.next()
    if (first.done) return report
    const { table, columns } = header.parse(JSON.parse(first.value))
    const names = columns.map(pg.escapeIdentifier).join(', ')
    const copy = client.query(copyFrom(`COPY ${pg.escapeIdentifier(table)} (${names}) FROM STDIN`))
    await pipeline(Readable.from(rowsOf(lines, file)), copy)
    await continueSequence(client, table)
    report.tables += 1
    report.rows += copy.rowCount
  }
}

async function* rowsOf(lines: AsyncIterator<string>, file: string) {
  for (;;) {
    const line = await lines.next()
    if (line.done) throw new Error(`${file} ends in the middle of a table`)
    if (line.value === endOfTable) return
    yield `${line.value}\n`
  }
}

/** Tables in an order in which each comes after those it points to. */
async function tablesInOrder(client: pg.PoolClient): Promise<readonly string[]> {
  const { rows } = await client.query(`
    WITH RECURSIVE tables AS (
      SELECT c.oid, c.relname FROM pg_class c
      WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> '_prisma_migrations'
    ), depth AS (
      SELECT oid, 0 AS level FROM tables
      UNION ALL
      SELECT k.conrelid, d.level + 1 FROM depth d JOIN pg_constraint k
        ON k.confrelid = d.oid AND k.contype = 'f' AND k.conrelid <> k.confrelid
    )
    SELECT t.relname AS name FROM tables t JOIN depth d USING (oid) GROUP BY t.relname ORDER BY max(d.level), t.relname`)
  return nameRow.parse(rows).map(({ name }) => name)
}

async function columnsOf(client: pg.PoolClient, table: string): Promise<readonly string[]> {
  const { rows } = await client.query(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`,
    [table],
  )
  return nameRow.parse(rows).map(({ name }) => name)
}

async function continueSequence(client: pg.PoolClient, table: string): Promise<void> {
  const { rows } = await client.query(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 AND column_default LIKE 'nextval%'`,
    [table],
  )
  for (const { name } of nameRow.parse(rows)) {
    const [of, column] = [pg.escapeIdentifier(table), pg.escapeIdentifier(name)]
    await client.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), (SELECT coalesce(max(${column}), 0) + 1 FROM ${of}), false)`,
      [of, name],
    )
  }
}
