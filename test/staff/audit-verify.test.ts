import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTrailWorld, type TrailWorld } from '../support/trail-world.ts'

let world: TrailWorld
beforeAll(async () => {
  world = await openTrailWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.reset()
  for (const action of ['a', 'b', 'c', 'd', 'e']) {
    await world.write(action)
    // Ids are given out that nobody comes to use: entries 1, 3, 5, 7 and 9 are at the positions 1 to 5.
    await world.database.pool.query("SELECT nextval('audit_entry_id_seq')")
    await world.seal()
    world.later(4 * 60 * 60_000)
  }
})

describe('verifyTrail', () => {
  it('finds nothing wrong with an empty trail', async () => {
    await world.reset()
    expect(await world.verify()).toMatchObject({ head: { count: 0 }, unsealed: 0, broken: undefined })
  })

  it('tells what is not sealed yet', async () => {
    const at = world.clock.now
    await world.write('new', 'newer')
    expect(await world.verify()).toMatchObject({
      head: { count: 5 },
      unsealed: 2,
      oldestUnsealed: at,
      broken: undefined,
    })
  })

  it.each([
    [
      "UPDATE audit_entry SET outcome = 'x' WHERE id = 5",
      { type: 'changed_entry', position: 3, entryId: '5' },
    ],
    ["UPDATE audit_entry SET at = at + '1 ms' WHERE id = 5", { type: 'changed_entry', position: 3 }],
    ["UPDATE audit_entry SET at = 'infinity' WHERE id = 5", { type: 'changed_entry', position: 3 }],
    ["UPDATE audit_entry SET details = '{}' WHERE id = 9", { type: 'changed_entry', position: 5 }],
    ["UPDATE audit_entry SET actor_id = 'x' WHERE id = 1", { type: 'changed_entry', position: 1 }],
    ['UPDATE audit_entry SET subject = NULL WHERE id = 3', { type: 'changed_entry', position: 2 }],
    [
      "UPDATE audit_seal SET sealed_at = sealed_at + '1 s' WHERE position = 2",
      { type: 'changed_entry', position: 2 },
    ],
    ['DELETE FROM audit_entry WHERE id = 3', { type: 'missing_entry', position: 2, entryId: '3' }],
    ['DELETE FROM audit_entry WHERE id = 1', { type: 'missing_entry', position: 1, entryId: '1' }],
    ['DELETE FROM audit_seal WHERE position = 4', { type: 'missing_seal', position: 4 }],
    ['DELETE FROM audit_seal WHERE position <= 2', { type: 'missing_seal', position: 1 }],
    [
      'DELETE FROM audit_entry WHERE id <= 3; DELETE FROM audit_seal WHERE position <= 2',
      { type: 'missing_seal', position: 1 },
    ],
    [
      'DELETE FROM audit_entry WHERE id = 7; DELETE FROM audit_seal WHERE position = 4; UPDATE audit_seal SET position = 4 WHERE position = 5',
      { type: 'changed_entry', position: 4 },
    ],
    [`UPDATE audit_seal SET hash = '\\x00' WHERE position = 2`, { type: 'broken_link', position: 2 }],
    ["UPDATE audit_seal SET key_id = 'nokey000' WHERE position = 2", { type: 'unknown_key', position: 2 }],
    [
      'UPDATE audit_seal s SET hash = o.hash FROM audit_seal o WHERE s.position = 2 AND o.position = 3',
      { type: 'broken_link', position: 2 },
    ],
    [
      'UPDATE audit_seal SET entry_id = entry_id + 100 WHERE position IN (2, 3); UPDATE audit_seal SET entry_id = CASE entry_id WHEN 103 THEN 5 ELSE 3 END WHERE position IN (2, 3)',
      { type: 'broken_link', position: 2 },
    ],
  ])('names the place of %s', async (sql, broken) => {
    await world.tamper(sql)
    expect((await world.verify()).broken).toMatchObject(broken)
  })

  it.each([
    ['an id among old ones', "(4, '2026-11-25T21:00:00Z'"],
    ['an old time', "(1000, '2026-11-25T09:00:00Z'"],
    ['a time before all', "(1000, '-infinity'"],
  ])('names an entry that was put into the past with %s, sealed or not', async (_, start) => {
    await world.tamper(`INSERT INTO audit_entry (id, at, actor_type, actor_id, action)
      VALUES ${start}, 'staff', 'other', 'feigned')`)
    expect((await world.verify()).broken).toMatchObject({ type: 'inserted_entry' })
    await world.newSealer()()
    expect((await world.verify()).broken).toMatchObject({ type: 'inserted_entry', position: 6 })
  })

  it('names the end that was cut, when told where it was', async () => {
    const { head } = await world.verify()
    await world.write('later')
    await world.seal()
    expect((await world.verify(head)).broken).toBeUndefined()
    await world.tamper('DELETE FROM audit_seal WHERE position > 3; DELETE FROM audit_entry WHERE id > 5')
    expect((await world.verify()).broken).toBeUndefined()
    expect((await world.verify(head)).broken).toEqual({ type: 'cut_end', position: 4 })
    await world.write('x', 'y', 'z')
    await world.newSealer()()
    expect((await world.verify()).broken).toBeUndefined()
    expect((await world.verify(head)).broken).toEqual({ type: 'other_head', position: 5 })
  })

  it('sees one moment, while others write and seal', async () => {
    const writing = (async () => {
      for (let n = 0; n < 30; n += 1) {
        await world.write(`w${n}`)
        await world.seal()
      }
    })()
    for (let n = 0; n < 15; n += 1) expect((await world.verify()).broken).toBeUndefined()
    await writing
  })
})
