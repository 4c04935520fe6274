import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { purgeTrail } from '../../src/staff/trail/purge-trail.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { openTrailWorld, type TrailWorld } from '../support/trail-world.ts'

let world: TrailWorld
beforeAll(async () => {
  world = await openTrailWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.reset()
})

const minute = 60_000
const day = 24 * 60 * minute
const insert =
  "INSERT INTO audit_entry (at, actor_type, actor_id, action) VALUES ($1, 'staff', 'petugas', 'late')"

async function sealedIds(): Promise<readonly string[]> {
  const { rows } = await world.database.pool.query('SELECT entry_id FROM audit_seal ORDER BY position')
  return rows.map((row) => String(row.entry_id))
}

describe('createSealTrail', () => {
  it('seals each entry once, in the order of the ids', async () => {
    await world.write('a', 'b')
    expect(await world.seal()).toMatchObject({ type: 'sealed', entries: 2, head: { count: 2 } })
    await world.write('c')
    expect(await world.seal()).toMatchObject({ entries: 1, head: { count: 3 } })
    expect(await world.seal()).toMatchObject({ entries: 0, head: { count: 3 } })
    expect(await sealedIds()).toEqual(['1', '2', '3'])
    expect(await world.verify()).toMatchObject({ head: { count: 3 }, unsealed: 0, broken: undefined })
  })

  it('seals many at once', async () => {
    await world.database.owner.query(`INSERT INTO audit_entry (at, actor_type, actor_id, action)
      SELECT '2026-11-25T01:00:00Z', 'system', 'test', 'n' || n FROM generate_series(1, 4500) n`)
    expect(await world.seal()).toMatchObject({ entries: 4_500 })
    expect(await world.verify()).toMatchObject({ head: { count: 4_500 }, broken: undefined })
  })

  it('takes up entries that others commit late, whatever it sealed meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('open', 'commit', 'abort', 'write', 'seal', 'seal elsewhere', 'wait'), {
          minLength: 5,
          maxLength: 40,
        }),
        async (steps) => {
          const elsewhere = world.newSealer()
          const open: Awaited<ReturnType<typeof begin>>[] = []
          for (const step of steps) {
            if (step === 'open' && open.length < 5) open.push(await begin())
            else if (step === 'commit') await open.shift()?.end('COMMIT')
            else if (step === 'abort') await open.pop()?.end('ROLLBACK')
            else if (step === 'write') await world.write('quick')
            else if (step === 'seal') await world.seal()
            else if (step === 'seal elsewhere') await elsewhere()
            else if (step === 'wait') world.later(minute / 12)
            const { broken } = await world.verify()
            expect(broken).toBeUndefined()
          }
          for (const { end } of open) await end('COMMIT')
          await world.seal()
          const { rows } = await world.database.pool.query('SELECT id FROM audit_entry ORDER BY id')
          const ids = await sealedIds()
          expect([...ids].sort((a, b) => Number(a) - Number(b))).toEqual(rows.map((row) => String(row.id)))
          expect(await world.verify()).toMatchObject({ unsealed: 0, broken: undefined })
        },
      ),
      { numRuns: 12 },
    )
  })

  it('seals what came just before nobody sealed for long', async () => {
    await world.write('a')
    await world.seal()
    const late = await begin()
    await world.write('b')
    await world.seal()
    await late.end('COMMIT')
    world.later(day)
    expect(await world.newSealer()()).toMatchObject({ entries: 1 })
    expect(await world.verify()).toMatchObject({ unsealed: 0, broken: undefined })
  })

  it('seals what comes late, whoever has sealed since', async () => {
    const elsewhere = world.newSealer()
    await elsewhere()
    await world.seal()
    const late = await begin()
    for (let n = 0; n < 20; n += 1) {
      await world.write('other')
      await (n % 2 === 0 ? world.seal() : elsewhere())
      world.later(minute / 2)
    }
    await late.end('COMMIT')
    expect(await world.seal()).toMatchObject({ entries: 1 })
    expect(await world.verify()).toMatchObject({ unsealed: 0, broken: undefined })
  })

  it('finds an entry that came even later, in time', async () => {
    const late = await begin()
    for (let n = 0; n < 8; n += 1) {
      await world.write('other')
      await world.seal()
      world.later(5 * minute)
    }
    await late.end('COMMIT')
    await world.write('last')
    await world.seal()
    expect(await world.verify()).toMatchObject({ unsealed: 1 })
    world.later(60 * minute)
    await world.seal()
    expect(await world.verify()).toMatchObject({ unsealed: 0 })
  })

  it('is done by one process at a time', async () => {
    await world.write(...Array.from({ length: 40 }, (_, n) => `n${n}`))
    const sealers = Array.from({ length: 6 }, () => world.newSealer())
    const done = await Promise.all(sealers.map((seal) => seal()))
    const sealed = done.map((sealing) => (sealing.type === 'sealed' ? sealing.entries : 0))
    expect(sealed.reduce((sum, n) => sum + n)).toBe(40)
    expect(await world.verify()).toMatchObject({ head: { count: 40 }, broken: undefined })
  })

  it('leaves the chain to whoever is at it', async () => {
    await world.write('a')
    const client = await world.database.pool.connect()
    await client.query("BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('lopo seal trail', 0))")
    expect(await world.seal()).toEqual({ type: 'busy' })
    await client.query('COMMIT')
    client.release()
    expect(await world.seal()).toMatchObject({ entries: 1 })
  })

  it('notices when the end is cut under it', async () => {
    await world.write('a', 'b', 'c')
    await world.seal()
    await world.tamper('DELETE FROM audit_seal WHERE position > 1; DELETE FROM audit_entry WHERE id > 1')
    expect(await world.seal()).toMatchObject({ entries: 0, lost: { count: 3 } })
    expect(world.logged.join()).toContain('the trail was cut')
  })

  it('goes on with a new key', async () => {
    const first = newKeyEntry()
    world.keyring = createKeyring([first])
    const old = world.newSealer()
    await world.write('a')
    await old()
    world.keyring = createKeyring([newKeyEntry(), first])
    const renewed = world.newSealer()
    await world.write('b')
    await renewed()
    // A process that still has the old ring only.
    await world.write('c')
    await old()
    expect(await world.verify()).toMatchObject({ head: { count: 3 }, broken: undefined })
    world.keyring = createKeyring([newKeyEntry()])
    expect(await world.verify()).toMatchObject({ broken: { type: 'unknown_key', position: 1 } })
  })
})

describe('purgeTrail', () => {
  const purge = (before: Date) =>
    purgeTrail({ owner: world.database.owner, keyring: world.keyring }, { before, now: world.clock.now })

  it('leaves a trail that holds', async () => {
    await world.write('a', 'b')
    await world.seal()
    world.later(30 * day)
    const start = world.clock.now
    await world.write('c')
    await world.seal()
    world.later(30 * day)
    await world.write('not sealed yet')
    expect(await purge(start)).toBe(2)
    expect(await purge(start)).toBe(0)
    expect(await world.verify()).toMatchObject({ purged: 2, unsealed: 2, broken: undefined })
    await world.seal()
    expect(await world.verify()).toMatchObject({ head: { count: 5 }, unsealed: 0, broken: undefined })
    world.later(day)
    expect(await purge(world.clock.now)).toBe(3)
    await world.seal()
    expect(await world.verify()).toMatchObject({ purged: 5, head: { count: 6 }, broken: undefined })
  })

  it('deletes nothing of a trail that is young, or empty, or not sealed', async () => {
    expect(await purge(world.clock.now)).toBe(0)
    await world.write('a')
    world.later(day)
    expect(await purge(world.clock.now)).toBe(0)
    await world.seal()
    expect(await purge(new Date(world.clock.now.getTime() - 2 * day))).toBe(0)
    expect(await world.verify()).toMatchObject({ head: { count: 1 }, broken: undefined })
  })

  it('cannot be feigned', async () => {
    await world.write('a', 'b', 'c')
    await world.seal()
    await world.database.pool.query(`INSERT INTO audit_entry (at, actor_type, actor_id, action, details)
      VALUES ('2026-11-25T01:00:00Z', 'system', 'retention', 'audit.purge',
        '{"through": 2, "proof": "abc", "key": "${world.keyring.currentId}"}')`)
    await world.seal()
    await world.tamper('DELETE FROM audit_entry WHERE id <= 2; DELETE FROM audit_seal WHERE position < 2')
    expect(await world.verify()).toMatchObject({ broken: { type: 'missing_seal', position: 1 } })
  })
})

/** A transaction with an entry that is not committed yet. */
async function begin() {
  const client = await world.database.pool.connect()
  await client.query('BEGIN')
  await client.query(insert, [world.clock.now])
  return {
    async end(how: 'COMMIT' | 'ROLLBACK') {
      await client.query(how)
      client.release()
    },
  }
}
