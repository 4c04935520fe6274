import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditCommand } from '../../src/cli/audit.ts'
import type { CliContext } from '../../src/cli/context.ts'
import { backUp, restore } from '../../src/storage/backup.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { createTestDatabase } from '../support/test-database.ts'
import { openTrailWorld, type TrailWorld } from '../support/trail-world.ts'

let app: TestApp
let world: TrailWorld
beforeAll(async () => {
  app = await openTestApp()
  world = await openTrailWorld(app.storage)
})
afterAll(() => app.close())

async function run(...args: readonly string[]) {
  let out = ''
  const unused = () => Promise.reject(new Error('not of this command'))
  const context: CliContext = {
    ...{ config: app.config, log: app.log, dataDir: app.config.dataDir, isTerminal: false },
    out: (text) => {
      out += text
    },
    err: () => undefined,
    now: () => world.clock.now,
    lines: () => {
      throw new Error('not of this command')
    },
    readFlowTexts: unused,
    // The house of the test is closed by the test.
    openApp: async () => ({ ...app, close: async () => undefined }),
    leave: async () => undefined,
  }
  const status = await auditCommand.run(args, context)
  return { status, out }
}

describe('lopo audit', () => {
  it('says whether the trail holds, with the head to keep elsewhere', async () => {
    await world.write('a', 'b')
    await world.seal()
    world.later(5_000)
    await world.write('c')
    world.later(7_000)
    const told = await run('verify')
    expect(told).toMatchObject({ status: 0 })
    expect(told.out).toMatch(/^ok \(2 sealed; 1 not yet sealed, the oldest 7 s old\)\nhead 2:[a-p]{64}\n$/)
    const json = JSON.parse((await run('verify', '--json')).out)
    expect(json).toMatchObject({ ok: true, sealed: 2, unsealed: 1, purged: 0, broken: null })
    expect(told.out).toContain(json.head)
    expect(await run('verify', '--expect', json.head)).toMatchObject({ status: 0 })
    const more = json.head.replace('2:', '3:')
    const cut = await run('verify', '--json', '--expect', more)
    expect(cut.status).toBe(1)
    expect(JSON.parse(cut.out)).toMatchObject({ ok: false, broken: { type: 'cut_end', position: 3 } })
  })

  it('lists what stands there, and that it was listed', async () => {
    const { status, out } = await run('list', '--action', 'b', '--json')
    expect(status).toBe(0)
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).action),
    ).toEqual(['b'])
    const all = await run('list', '--since', '2026-11-25T01:00:05Z')
    expect(
      all.out
        .trim()
        .split('\n')
        .map((line) => line.split('\t')[3]),
    ).toEqual(['audit.read', 'c'])
  })

  it('comes whole through a backup', async () => {
    await world.seal()
    const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-audit-'))
    const file = path.join(folder, 'all.gz')
    await backUp(app.storage.database.owner, file)
    const other = await createTestDatabase()
    await restore(other.owner, file)
    const elsewhere = await openTrailWorld({ database: other, keyring: app.storage.keyring })
    expect(await elsewhere.verify()).toMatchObject({ unsealed: 0, broken: undefined })
    await elsewhere.write('after')
    await elsewhere.seal()
    const { head, broken } = await elsewhere.verify((await world.verify()).head)
    expect([head.count - (await world.verify()).head.count, broken]).toEqual([1, undefined])
    await other.close()
    await rm(folder, { recursive: true })
  })

  it('ends with 1 and the place where something was changed', async () => {
    await world.tamper("UPDATE audit_entry SET outcome = 'x' WHERE id = 2")
    const told = await run('verify')
    expect(told.status).toBe(1)
    expect(told.out).toContain('BROKEN: entry 2, sealed as number 2, was changed')
  })

  it.each([
    [[], 'what to do is missing'],
    [['burn'], 'audit cannot burn'],
    [['verify', 'x'], 'x is too much'],
    [['verify', '--expect', '3'], '--expect is not COUNT:HASH'],
    [['list', '--since', 'kemarin'], '--since is not a date'],
    [['list', '--limit', '0'], '--limit is not a number'],
  ])('refuses %j in one line', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message)
  })
})
