import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backUp, restore } from '../../src/storage/backup.ts'
import { openTestApp, seatResident, type TestApp } from '../support/test-app.ts'
import { createTestDatabase } from '../support/test-database.ts'

let app: TestApp
let folder: string
beforeAll(async () => {
  app = await openTestApp()
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-backup-'))
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const countsOf = async (database: { pool: TestApp['storage']['database']['pool'] }) =>
  (
    await database.pool.query(
      'SELECT (SELECT count(*) FROM chat) c, (SELECT count(*) FROM inbox_message) i, (SELECT count(*) FROM outbox_message) o, (SELECT count(*) FROM programme) p',
    )
  ).rows[0]

describe('backUp and restore', () => {
  it('bring every row to an empty database, which goes on counting from there', async () => {
    const resident = await seatResident(app)
    await resident.say('halo')
    await resident.say('baris\nbaru\tdan \\. garis')
    const file = path.join(folder, 'all.gz')
    const written = await backUp(app.storage.database.pool, file)
    const empty = await createTestDatabase()
    expect(await restore(empty.owner, file)).toEqual(written)
    expect(await countsOf(empty)).toEqual(await countsOf(app.storage.database))
    const { rows } = await empty.pool.query(
      "INSERT INTO outbox_message (chat_id, body) SELECT id, ''::bytea FROM chat LIMIT 1 RETURNING id",
    )
    expect(Number(rows[0]?.id)).toBeGreaterThan(2)
    await expect(restore(empty.owner, file)).rejects.toThrow('not empty')
    await empty.close()
  })

  it('restore nothing into a database in which a WhatsApp account was begun', async () => {
    const file = path.join(folder, 'account.gz')
    await backUp(app.storage.database.pool, file)
    const used = await createTestDatabase()
    await used.pool.query(
      "INSERT INTO whatsapp_account (account, secret, state_at) VALUES ('main', '', now())",
    )
    await expect(restore(used.owner, file)).rejects.toThrow('not empty')
    await used.close()
  })

  it('restore nothing from a file that ends early', async () => {
    const file = path.join(folder, 'whole.gz')
    await backUp(app.storage.database.pool, file)
    const cut = path.join(folder, 'cut.gz')
    await writeFile(cut, (await readFile(file)).subarray(0, -40))
    const empty = await createTestDatabase()
    await expect(restore(empty.pool, cut)).rejects.toThrow()
    expect(await countsOf(empty)).toMatchObject({ c: '0', i: '0' })
    await empty.close()
  })
})
