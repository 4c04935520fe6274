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

  it('makes a trail that refuses changes', async () => {
    const database = await createTestDatabase()
    await database.prisma.auditEntry.create({
      data: { actorType: 'system', actorId: 'test', action: 'test.made' },
    })
    await expect(database.pool.query('UPDATE audit_entry SET outcome = $1', ['x'])).rejects.toThrow(
      'append-only',
    )
    await expect(database.pool.query('DELETE FROM audit_entry')).rejects.toThrow('append-only')
    await expect(database.pool.query('TRUNCATE audit_entry')).rejects.toThrow('append-only')
    await database.close()
  })
})
