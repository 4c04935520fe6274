import { EventEmitter } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils'
import { type MigrationList, SchemaEngine, type SchemasContainer } from '@prisma/schema-engine-wasm'
import pg from 'pg'
import { z } from 'zod'
import { migrationNames, migrationsFolder, prismaFolder } from './migration-files.ts'

const filters = { externalTables: [], externalEnums: [] }

/** Applies the migrations that the database at `url` lacks, and returns their names. Same table as Prisma's own CLI. */
export async function applyMigrations(url: string): Promise<readonly string[]> {
  return withEngine(url, async (engine) => {
    const migrationsList = await readMigrations()
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters })
    return appliedMigrationNames
  })
}

/**
 * The SQL that would turn the migrations into the schema: empty when they agree. `url` is an empty scratch database,
 * in which the migrations are tried.
 */
export async function migrationDrift(url: string): Promise<string> {
  return withEngine(url, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...(await readMigrations()) },
      to: { tag: 'schemaDatamodel', ...(await readSchema()) },
      script: true,
      exitCode: null,
      filters,
    })
    return (stdout ?? '').replaceAll(/^--.*$/gm, '').trim()
  })
}

/** Writes a new migration folder from `migrationDrift` and returns its path, or undefined when nothing is to be done. */
export async function writeMigration(url: string, name: string, at: Date): Promise<string | undefined> {
  const sql = await migrationDrift(url)
  if (sql === '') return undefined
  const now = at.toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const last = (await migrationNames()).at(-1)?.slice(0, 14) ?? ''
  // Migrations run in the order of their names, and one that is there may be dated ahead of this machine's clock.
  const stamp = now > last ? now : String(BigInt(last) + 1n)
  const folder = path.join(migrationsFolder, `${stamp}_${name}`)
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'migration.sql'), `${sql}\n`)
  return folder
}

async function withEngine<T>(url: string, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const pools: pg.Pool[] = []
  const factory = bindMigrationAwareSqlAdapterFactory(adapterFactory(url, pools))
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, factory)
  try {
    return await use(engine)
  } catch (error) {
    const cause = factory.errorRegistry.consumeError(0)?.error ?? error
    throw new Error('the migrations could not be applied', { cause })
  } finally {
    engine.free()
    for (const pool of pools) if (!pool.ended) await pool.end()
  }
}

function adapterFactory(url: string, pools: pg.Pool[]): SqlMigrationAwareDriverAdapterFactory {
  const inner = new PrismaPg({ connectionString: url, max: 2, Client: CatalogueClient })
  const connect = async () => {
    const adapter = await inner.connect()
    pools.push(adapter.underlyingDriver())
    const queryRaw = adapter.queryRaw.bind(adapter)
    return Object.assign(adapter, {
      queryRaw: async (query: SqlQuery) => {
        const result = await queryRaw(query)
        return {
          ...result,
          columnTypes: result.columnTypes.map((type) => (type === Uuid ? Character : type)),
        }
      },
      // The adapter cuts a script at each semicolon, also inside a function's body: PostgreSQL takes it whole.
      executeScript: async (script: string) => void (await adapter.underlyingDriver().query(script)),
    })
  }
  // Migrations are tried in the database of `url` itself: whoever compares gives a scratch one.
  return { provider: inner.provider, adapterName: inner.adapterName, connect, connectToShadowDb: connect }
}

const { Uuid, Character } = ColumnTypeEnum
const charOid = 18
const uuidOid = 2950
const emitter = z.custom<NodeJS.EventEmitter>((value) => value instanceof EventEmitter)

/**
 * The engine asks the catalogue for columns of the internal type "char", which the driver adapter refuses. They pass it
 * disguised as uuid, a type no catalogue column has, and `queryRaw` above gives them their true type.
 */
class CatalogueClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    emitter.parse(Reflect.get(this, 'connection')).prependListener('rowDescription', disguiseChar)
  }
}

function disguiseChar(message: { fields: pg.FieldDef[] }): void {
  for (const field of message.fields) if (field.dataTypeID === charOid) field.dataTypeID = uuidOid
}

async function readSchema(): Promise<SchemasContainer> {
  const file = path.join(prismaFolder, 'schema.prisma')
  return { files: [{ path: file, content: await readFile(file, 'utf8') }] }
}

async function readMigrations(): Promise<MigrationList> {
  const names = await migrationNames()
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(path.join(migrationsFolder, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  )
  const lock = path.join(migrationsFolder, 'migration_lock.toml')
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: await readFile(lock, 'utf8').catch(() => null) },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}
