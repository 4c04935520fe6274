import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openDatabase } from '../../src/storage/database.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

describe('openDatabase', () => {
  it('has connections beside those that open transactions hold', async () => {
    const narrow = openDatabase(
      inject('postgresUrl').replace(/lopo$/, new URL(database.url).pathname.slice(1)),
      {
        connections: 2,
      },
    )
    try {
      const held = Promise.withResolvers<void>()
      const holding = [1, 2].map(() =>
        narrow.prisma.$transaction(async (transaction) => {
          await transaction.$queryRaw`SELECT 1`
          await held.promise
        }),
      )
      expect(await narrow.beside.contact.count()).toBe(0)
      held.resolve()
      await Promise.all(holding)
    } finally {
      await narrow.close()
    }
  })
})
