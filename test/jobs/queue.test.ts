import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type JobQueue, openJobQueue } from '../../src/jobs/queue.ts'
import { createLogger } from '../../src/log.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const log = createLogger('silent')

describe('openJobQueue', () => {
  it('makes one run of what ten processes send for the same day', async () => {
    let runs = 0
    const ran = Promise.withResolvers<void>()
    const job = {
      name: 'purge-things',
      async run() {
        runs += 1
        ran.resolve()
        return 3
      },
    }
    const open = (work: boolean): Promise<JobQueue> =>
      openJobQueue({ url: database.url, jobs: [job], work, log })
    const queues = [await open(true), await open(false), await open(false)]
    for (let sent = 0; sent < 10; sent += 1) await queues[sent % 3]!.send('purge-things', '2026-11-25')
    await ran.promise
    const { rows } = await database.pool.query(
      "SELECT count(*)::int AS jobs FROM pgboss.job WHERE name = 'purge-things'",
    )
    expect(rows[0]?.jobs).toBe(1)
    expect(runs).toBe(1)
    await Promise.all(queues.map((queue) => queue.stop()))
  }, 60_000)
})
