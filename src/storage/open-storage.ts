import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { type AppRole, prepareAppRole } from './app-role.ts'
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
  let database: OpenDatabase | undefined
  let left: Promise<void> | undefined
  const leave = () => {
    left ??= embedded?.release() ?? Promise.resolve()
    return left
  }
  const close = async () => {
    try {
      await database?.close()
    } finally {
      await leave()
    }
  }
  try {
    database = await openMigrated(url, log)
  } catch (error) {
    await close()
    throw error
  }
  return { database, keyring, leave, close }
}

/** Migrates and sees to the role of the everyday connections, both with the login's own rights. */
async function openMigrated(url: string, log: Logger): Promise<OpenDatabase> {
  const client = new pg.Client({ connectionString: url, application_name: 'lopo' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    if (await lacksMigrations(client)) await migrate(url, log)
    const role = await prepareAppRole(client)
    return (await openUnderRole(url, role, log)) ?? openPool(url, log)
  } finally {
    await client.end()
  }
}

/** Undefined, and a word in the log, where the role cannot be had: the triggers refuse changes of the trail all the same. */
async function openUnderRole(url: string, app: AppRole, log: Logger): Promise<OpenDatabase | undefined> {
  const withoutRole = (why: string) => log.warn({ why }, 'the trail is guarded by its triggers alone')
  if (app.role === undefined) return void withoutRole(app.why)
  const database = openPool(url, log, app.role)
  try {
    const { rows } = await database.pool.query('SELECT current_user::text AS name')
    if (rows[0]?.name === app.role) return database
    withoutRole('connections do not begin under a role')
  } catch (error) {
    // Such as a pooler that does not let the option through. Whatever else it is will show without the role too.
    withoutRole(error instanceof Error ? error.message : 'no connection under the role')
  }
  await database.close()
  return undefined
}

function openPool(url: string, log: Logger, role?: string): OpenDatabase {
  return openDatabase(url, {
    role,
    onError: (error) => log.warn({ err: error }, 'a database connection broke'),
  })
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

async function lacksMigrations(client: pg.Client): Promise<boolean> {
  const { rows: tables } = await client.query(`SELECT to_regclass('_prisma_migrations') AS name`)
  if (tables[0]?.name === null) return true
  const { rows } = await client.query(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL',
  )
  const applied = new Set(rows.map((row) => row.migration_name))
  return (await migrationNames()).some((name) => !applied.has(name))
}
