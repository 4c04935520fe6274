import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { monday, openSeatsWorld, type SeatsWorld } from '../training/seats/seats-world.ts'

const tender = fileURLToPath(new URL('./kill-seats-tender.ts', import.meta.url))
const node = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))
const application = 'tender'
const kills = 20
/** Some statements long. */
const longestMs = 15
const [free, waiting] = [120, 140]

let world: SeatsWorld
let running: ChildProcess | undefined
beforeAll(async () => {
  world = await openSeatsWorld()
}, 60_000)
afterAll(async () => {
  running?.kill('SIGKILL')
  await world.close()
})

/** Starts a process that tends seats, and kills it a moment after so many offers, or lets it finish. What it printed. */
async function tend(offers?: number): Promise<string> {
  const url = new URL(world.database.url)
  url.searchParams.set('application_name', application)
  const args = ['--disable-warning=ExperimentalWarning', tender, url.href, world.key, monday.toISOString()]
  const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  running = child
  let output = ''
  let isDoomed = false
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
    if (isDoomed || offers === undefined || output.split('\n').length <= offers) return
    isDoomed = true
    setTimeout(() => child.kill('SIGKILL'), Math.random() * longestMs)
  })
  const [, signal] = await once(child, 'close')
  expect(signal).toBe(offers === undefined ? null : 'SIGKILL')
  await untilItsConnectionsAreGone()
  return output
}

/** PostgreSQL may still be at what the process asked for last. */
async function untilItsConnectionsAreGone(): Promise<void> {
  const sql = 'SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()'
  while ((await world.database.pool.query(sql, [application])).rows.length > 0);
}

/** A course with many free seats, and more people in line. */
async function openLine(): Promise<number> {
  const courseNumber = await world.course({ seats: 1 })
  const people = await Promise.all(Array.from({ length: 1 + waiting }, () => world.seat()))
  const [first] = await Promise.all(
    people.map((person, index) => person.register(courseNumber, `Warga ${index}`)),
  )
  expect(first).toBeDefined()
  await world.change(courseNumber, { seats: 1 + free })
  return courseNumber
}

const offeredSql = `SELECT count(*)::int AS n FROM registration_change WHERE state = 'offered'`

describe('a process killed with SIGKILL while it offers seats', () => {
  it('leaves each offer whole or not at all, and the next one goes on where it was', async () => {
    const courseNumber = await openLine()
    const offered = async () => Number((await world.database.pool.query(offeredSql)).rows[0].n)
    let before = 0
    for (let kill = 1; kill <= kills; kill += 1) {
      const told = (await tend(1 + (kill % 4))).split('\n').length - 1
      const now = await offered()
      // The last one may have been told of and not committed.
      expect([before + told - 1, before + told]).toContain(now)
      expect(await world.said()).toHaveLength(now)
      before = now
    }
    expect(before).toBeLessThan(free)
    expect(await tend()).toMatch(new RegExp(`^(offer\n){${free - before}}done ${free - before}\n$`))
    expect(await tend()).toBe('done 0\n')
    const states = (await world.states(courseNumber)).filter((state) => state !== 'accepted')
    expect(states).toEqual([
      ...Array.from({ length: free }, () => 'offered'),
      ...Array.from({ length: waiting - free }, () => 'reserve'),
    ])
    const told = (await world.said()).map(({ number }) => number)
    expect(told).toHaveLength(free)
    expect(new Set(told).size).toBe(free)
    const { rows } = await world.database.pool.query(
      `SELECT id::int AS number FROM registration WHERE state = 'offered' ORDER BY id`,
    )
    expect(told).toEqual(rows.map(({ number }) => number))
    expect(await offered()).toBe(free)
    expect(await world.trail('registration.offer')).toHaveLength(free)
  }, 600_000)
})
