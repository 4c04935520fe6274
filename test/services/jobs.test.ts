import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startJobs } from '../../src/services/jobs.ts'
import type { Officer } from '../../src/staff/officer.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { march, richPlan } from '../web/desk/trainings/plans.ts'

const admin: Officer = { id: 'id-admin', name: 'Ani Contoh', roles: ['admin'] }
const jobs = ['tend-trainings', 'tend-broadcasts', 'compose-digests']

let app: TestApp
beforeAll(async () => {
  // A Thursday, on which the program starts with the same time again and again.
  app = await openTestApp({ LOPO_NOW: '2026-03-05T10:00:00+08:00' })
  const { courses } = app.trainings
  const made = await courses.create(admin, { ...richPlan, opensAt: march(7, '08:00') })
  if (made.type !== 'done') throw new Error(JSON.stringify(made))
  await courses.move(admin, made.number, 'announced')
}, 60_000)
afterAll(() => app.close())

/** How many runs of each job that is asked for at the start are done. */
async function done(): Promise<readonly number[]> {
  const sql = "SELECT count(*)::int AS runs FROM pgboss.job WHERE name = $1 AND state = 'completed'"
  const counts: number[] = []
  for (const job of jobs) counts.push((await app.storage.database.owner.query(sql, [job])).rows[0].runs)
  return counts
}

/** Starts background work as a process does, and stops it once what was missed is done. */
async function startOnce(starts: number): Promise<void> {
  const { stop } = await startJobs(app, true)
  await expect.poll(done, { timeout: 30_000 }).toEqual(jobs.map(() => starts))
  await stop()
}

describe('startJobs', () => {
  it('makes up for what was missed while nothing ran, each time it starts: this week’s digest once', async () => {
    await startOnce(1)
    await startOnce(2)
    const list = await app.broadcasts.list(admin)
    expect(list.map(({ broadcast }) => [broadcast.state, broadcast.source?.type])).toEqual([
      ['proposed', 'digest'],
    ])
  }, 90_000)
})
