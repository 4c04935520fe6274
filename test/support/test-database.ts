import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/storage/database.ts'

/** A migrated database of one's own, dropped by `close`. */
export interface TestDatabase extends OpenDatabase {}

/** Clones the migrated template. `template: 'template0'` gives an empty database instead. */
export async function createTestDatabase(template = 'template_lopo'): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const server = inject('postgresUrl')
  await run(server, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const database = openDatabase(server.replace(/lopo$/, name))
  return {
    ...database,
    async close() {
      await database.close()
      await run(server, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

async function run(url: string, sql: string): Promise<void> {
  const admin = new pg.Client(url)
  await admin.connect()
  try {
    await admin.query(sql)
  } finally {
    await admin.end()
  }
}
