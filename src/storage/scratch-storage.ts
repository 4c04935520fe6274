import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openDatabase } from './database.ts'
import { createKeyring, newKeyEntry } from './keyring.ts'
import { applyMigrations } from './migrations.ts'
import type { Storage } from './open-storage.ts'

/** An empty database on the server of `url`, without migrations. */
export interface ScratchDatabase {
  readonly url: string
  drop(): Promise<void>
}

/** Makes an empty database of its own. */
export async function createScratchDatabase(url: string): Promise<ScratchDatabase> {
  const name = `lopo_scratch_${randomBytes(6).toString('hex')}`
  await run(url, `CREATE DATABASE ${name} TEMPLATE template0`)
  const scratch = new URL(url)
  scratch.pathname = `/${name}`
  return { url: scratch.href, drop: () => run(url, `DROP DATABASE ${name} WITH (FORCE)`) }
}

/** Makes an empty, migrated database with keys of its own on the server of `url`; closing drops it. */
export async function openScratchStorage(url: string): Promise<Storage> {
  const scratch = await createScratchDatabase(url)
  await applyMigrations(scratch.url)
  const database = openDatabase(scratch.url)
  return {
    database,
    keyring: createKeyring([newKeyEntry()]),
    leave: async () => undefined,
    async close() {
      await database.close()
      await scratch.drop()
    },
  }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
