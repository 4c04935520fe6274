import type pg from 'pg'
import { z } from 'zod'
import type { Database } from './database.ts'
import type { Vault } from './whatsapp-vault.ts'

/** What the parts of the store of one account share. */
export interface AccountDeps {
  readonly pool: pg.Pool
  readonly prisma: Database
  readonly vault: Vault
  readonly account: string
  readonly now: () => Date
}

/** A bytea column. */
export const bytea = z.instanceof(Uint8Array)

/** A connection that says nothing for so long is given up, in milliseconds: people wait for what it does. */
const patienceMs = 30_000

/**
 * Runs one statement of the way of every message, and reads its rows by a schema. The statement has a name, so that
 * PostgreSQL plans it once a connection.
 */
export async function runNamed<T>(
  pool: pg.Pool,
  row: z.ZodType<T>,
  { name, text }: { readonly name: string; readonly text: string },
  values: readonly unknown[],
): Promise<T[]> {
  const query = { name: `whatsapp ${name}`, text, values: [...values], query_timeout: patienceMs }
  const { rows } = await pool.query(query)
  return rows.map((found) => row.parse(found))
}

/** Runs a statement that is run now and then, within the same patience. */
export function runPatiently(
  pool: pg.Pool,
  text: string,
  values: readonly unknown[],
): Promise<pg.QueryResult> {
  const query = { text, values: [...values], query_timeout: patienceMs }
  return pool.query(query)
}
