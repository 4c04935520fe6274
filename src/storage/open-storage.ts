import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { type OpenDatabase, openDatabase } from './database.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { createKeyring, type Keyring, loadKeyring } from './keyring.ts'
import { migrationNames } from './migration-files.ts'

/** The database, migrated, and the keys that its identifiers are hashed and sealed with. */
export interface Storage {
  readonly database: OpenDatabase
  readonly keyring: Keyring
  /** Leaves the embedded server without waiting for what is under way; the last one out stops it. */
  leave(): Promise<void>
  /** Closes the connections, and leaves the embedded server. */
  close(): Promise<void>
}

/** Opens the configured PostgreSQL, or starts or joins the embedded one, and applies what migrations it lacks. */
export async function openStorage(config: Config, log: Logger): Promise<Storage> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const keyring = config.keys === undefined ? await loadKeyring(keyFile(config)) : createKeyring(config.keys)
  const embedded =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres(path.join(config.dataDir, 'postgres'))
      : undefined
  const url = config.databaseUrl ?? embedded?.url ?? ''
  const database = openDatabase(url, {
    onError: (error) => log.warn({ err: error }, 'a database connection broke'),
  })
  let left: Promise<void> | undefined
  const leave = () => {
    left ??= embedded?.release() ?? Promise.resolve()
    return left
  }
  const close = async () => {
    try {
      await database.close()
    } finally {
      await leave()
    }
  }
  try {
    if (await lacksMigrations(database.pool)) await migrate(url, log)
  } catch (error) {
    await close()
    throw error
  }
  return { database, keyring, leave, close }
}

/** Where the keys are kept, unless the environment gives them. */
export function keyFile(config: Config): string {
  return path.join(config.dataDir, 'keys')
}

async function migrate(url: string, log: Logger): Promise<void> {
  // The engine is four megabytes of WebAssembly: only a start that needs it loads it.
  const { applyMigrations } = await import('./migrations.ts')
  const applied = await applyMigrations(url)
  log.info({ applied }, 'migrated the database')
}

async function lacksMigrations(pool: pg.Pool): Promise<boolean> {
  const { rows: tables } = await pool.query(`SELECT to_regclass('_prisma_migrations') AS name`)
  if (tables[0]?.name === null) return true
  const { rows } = await pool.query(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL',
  )
  const applied = new Set(rows.map((row) => row.migration_name))
  return (await migrationNames()).some((name) => !applied.has(name))
}
