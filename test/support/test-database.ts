import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { appRole } from '../../src/storage/app-role.ts'
import { type OpenDatabase, openDatabase } from '../../src/storage/database.ts'

/** A migrated database of one's own, dropped by `close`. Its pool has the rights that the program's has; `owner` has all. */
export interface TestDatabase extends OpenDatabase {}

/** Clones the migrated template. `template: 'template0'` gives an empty database instead, without the program's role. */
export async function createTestDatabase(template = 'template_lopo'): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const server = inject('postgresUrl')
  await run(server, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`)
  const role = template === 'template_lopo' ? appRole : undefined
  const database = openDatabase(server.replace(/lopo$/, name), { role })
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
