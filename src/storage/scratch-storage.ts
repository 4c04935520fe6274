import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openDatabase } from './database.ts'
import { createKeyring, newKeyEntry } from './keyring.ts'
import { applyMigrations } from './migrations.ts'
import type { Storage } from './open-storage.ts'

/** Makes an empty, migrated database with keys of its own on the server of `url`; closing drops it. */
export async function openScratchStorage(url: string): Promise<Storage> {
  const name = `lopo_scratch_${randomBytes(6).toString('hex')}`
  await run(url, `CREATE DATABASE ${name}`)
  const scratch = new URL(url)
  scratch.pathname = `/${name}`
  await applyMigrations(scratch.href)
  const database = openDatabase(scratch.href)
  return {
    database,
    keyring: createKeyring([newKeyEntry()]),
    async close() {
      await database.close()
      await run(url, `DROP DATABASE ${name} WITH (FORCE)`)
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
