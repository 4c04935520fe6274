import { describe, expect, it } from 'vitest'
import { applyMigrations, migrationDrift } from '../../src/storage/migrations.ts'
import { createTestDatabase } from '../support/test-database.ts'

describe('migrationDrift', () => {
  it('is empty: the migrations equal the schema', async () => {
    const scratch = await createTestDatabase('template0')
    expect(await migrationDrift(scratch.url)).toBe('')
    await scratch.close()
  })
})

describe('applyMigrations', () => {
  it('applies each migration once', async () => {
    const empty = await createTestDatabase('template0')
    expect(await applyMigrations(empty.url)).not.toEqual([])
    expect(await applyMigrations(empty.url)).toEqual([])
    await empty.close()
  })

  it.each(['audit_entry', 'audit_seal'])(
    'makes a %s that refuses changes also from the owner',
    async (table) => {
      const database = await createTestDatabase()
      await database.owner.query(
        "INSERT INTO audit_entry (actor_type, actor_id, action) VALUES ('a', 'b', 'c')",
      )
      await database.owner.query("INSERT INTO audit_seal VALUES (1, 1, 'k', '', now())")
      const column = table === 'audit_seal' ? 'key_id' : 'outcome'
      const changes = [`UPDATE ${table} SET ${column} = 'x'`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]
      for (const change of changes) await expect(database.owner.query(change)).rejects.toThrow('append-only')
      await database.close()
    },
  )
})
