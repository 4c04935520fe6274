import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { claimBulkSql } from '../../src/conversation/bulk-sql.ts'
import { createOutboxStore } from '../../src/conversation/outbox-store.ts'
import { createTellMany } from '../../src/conversation/tell-many.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'
import { createBulkWorld } from './bulk-world.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const now = () => new Date('2026-01-05T01:00:00Z')

/** What PostgreSQL did for a statement; a node has those it asked below it. */
interface Plan {
  readonly 'Relation Name'?: string | undefined
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number | undefined
  readonly Plans?: readonly Plan[] | undefined
}
const planShape: z.ZodType<Plan> = z.lazy(() =>
  z.object({
    'Relation Name': z.string().optional(),
    'Actual Rows': z.number(),
    'Actual Loops': z.number(),
    'Rows Removed by Filter': z.number().optional(),
    Plans: z.array(planShape).optional(),
  }),
)
const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: planShape })]) })])

/** How many rows of the outbox were looked at. */
function lookedAt(plan: Plan): number {
  const { 'Rows Removed by Filter': removed = 0, 'Actual Rows': rows, 'Actual Loops': loops } = plan
  const own = plan['Relation Name'] === 'outbox_message' ? (rows + removed) * loops : 0
  return (plan.Plans ?? []).reduce((sum, part) => sum + lookedAt(part), own)
}

describe('claimBulkSql', () => {
  it.each(['another', 'one'])(
    'looks at a few of the messages that wait, however many wait before on %s account',
    async (where) => {
      const { owner } = database
      const tellMany = createTellMany({
        store: createOutboxStore(database),
        sealer: createKeyring([newKeyEntry()]),
        now,
      })
      const voice = { tellMany }
      const world = createBulkWorld(database, `own ${where}`)
      const before = where === 'one' ? world : createBulkWorld(database, 'other')
      await before.tell(voice, await before.seat(3_000))
      if (where === 'another') await world.tell(voice, await world.seat(50))
      await owner.query('ANALYZE')
      await owner.query(`PREPARE claim (text, text, timestamptz, int, int) AS ${claimBulkSql}`)
      const sql = `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE claim('whatsapp', 'own ${where}', '${now().toISOString()}', 5, 5)`
      const { rows } = await owner.query(sql)
      await owner.query('DEALLOCATE claim')
      const [{ 'QUERY PLAN': plans }] = explained.parse(rows)
      // Five are found, and each of them is written.
      expect(lookedAt(plans[0].Plan)).toBeLessThan(30)
    },
  )
})
