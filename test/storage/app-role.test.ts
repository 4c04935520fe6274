import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { openJobQueue } from '../../src/jobs/queue.ts'
import { createLogger } from '../../src/log.ts'
import { appRole, prepareAppRole } from '../../src/storage/app-role.ts'
import { openDatabase, underRole } from '../../src/storage/database.ts'
import { applyMigrations } from '../../src/storage/migrations.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query("INSERT INTO audit_entry (actor_type, actor_id, action) VALUES ('a', 'b', 'c')")
  await database.pool.query("INSERT INTO audit_seal VALUES (1, 1, 'k', '', now())")
})
afterAll(() => database.close())

const prepare = async (url: string) => {
  const client = new pg.Client(url)
  await client.connect()
  return prepareAppRole(client).finally(() => client.end())
}

describe('prepareAppRole', () => {
  it.each([
    "UPDATE audit_entry SET outcome = 'x'",
    'DELETE FROM audit_entry',
    "BEGIN; SET LOCAL lopo.purging = 'on'; DELETE FROM audit_entry; COMMIT",
    'TRUNCATE audit_entry',
    'DROP TABLE audit_entry',
    'ALTER TABLE audit_entry DISABLE TRIGGER ALL',
    'DROP TRIGGER audit_entry_append_only ON audit_entry',
    'CREATE OR REPLACE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE sql AS $$ SELECT 1 $$',
    "INSERT INTO audit_entry (id, actor_type, actor_id, action) VALUES (99, 'a', 'b', 'c')",
    "SELECT setval('audit_entry_id_seq', 1)",
    'ALTER SEQUENCE audit_entry_id_seq RESTART',
    'SET session_replication_role = replica',
    "UPDATE audit_seal SET key_id = 'x'",
    'DELETE FROM audit_seal',
    'TRUNCATE audit_seal',
    'DROP TABLE audit_seal',
    'ALTER TABLE audit_seal DISABLE TRIGGER ALL',
    "INSERT INTO audit_seal VALUES (1, 2, 'k', '', now()) ON CONFLICT (position) DO UPDATE SET key_id = 'x'",
    'DELETE FROM _prisma_migrations',
    `ALTER ROLE ${appRole} SUPERUSER`,
    "COPY (SELECT 1) TO PROGRAM 'true'",
  ])('leaves the program without the right to %s', async (sql) => {
    const client = await database.pool.connect()
    const refused = expect(client.query(sql)).rejects
    await refused.toThrow(/permission denied|must be owner|COPY to or from/)
    client.release(true)
  })

  it('leaves it every right on tables and sequences that are made later, also those of the job queue', async () => {
    await database.owner.query('CREATE TABLE later (id bigserial, word text)')
    await database.pool.query("INSERT INTO later (word) VALUES ('a'); UPDATE later SET word = 'b'")
    expect((await database.pool.query('DELETE FROM later RETURNING id')).rowCount).toBe(1)
    const job = { name: 'later-job', run: async () => 1 }
    const queue = await openJobQueue({
      url: database.url,
      jobs: [job],
      work: false,
      log: createLogger('silent'),
    })
    await queue.send('later-job', 'key')
    const { rows } = await database.pool.query("SELECT state FROM pgboss.job WHERE name = 'later-job'")
    expect(rows).toHaveLength(1)
    await queue.stop()
    expect(await prepare(database.url)).toEqual({ role: appRole })
  })

  it('lets it gather statistics of what was imported', async () => {
    await database.pool.query('ANALYZE listed_person')
    const { rows } = await database.pool.query(
      "SELECT count(*)::int AS n FROM pg_stat_user_tables WHERE relname = 'listed_person' AND last_analyze IS NOT NULL",
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  it('is done once by processes that start at once, and puts right what is wrong', async () => {
    const fresh = await createTestDatabase('template0')
    await applyMigrations(fresh.url)
    const done = await Promise.all(Array.from({ length: 5 }, () => prepare(fresh.url)))
    expect(done).toEqual(Array(5).fill({ role: appRole }))
    const { role } = await prepare(fresh.url)
    const app = openDatabase(fresh.url, { role })
    await fresh.owner.query(`GRANT ALL ON audit_entry TO ${appRole}; REVOKE UPDATE ON chat FROM ${appRole}`)
    expect(await prepare(fresh.url)).toEqual({ role: appRole })
    await expect(app.pool.query('DELETE FROM audit_entry')).rejects.toThrow('permission denied')
    await app.pool.query("UPDATE chat SET state = 'active'")
    await app.close()
    await fresh.close()
  })
})

describe('openDatabase', () => {
  it('works under the role in the pool and in Prisma, and cannot leave it by RESET', async () => {
    const name = 'SELECT current_user::text AS name'
    expect((await database.pool.query(name)).rows).toEqual([{ name: appRole }])
    expect(await database.prisma.$queryRawUnsafe(name)).toEqual([{ name: appRole }])
    const client = await database.pool.connect()
    await client.query('RESET ROLE')
    await client.query('RESET ALL')
    expect((await client.query(name)).rows).toEqual([{ name: appRole }])
    client.release()
    expect((await database.owner.query(name)).rows).toEqual([{ name: 'lopo' }])
  })
})

describe('underRole', () => {
  it('keeps what else the address says', () => {
    const url = underRole('postgresql://a:b%20c@h:1/d?sslmode=require&options=-c%20work_mem%3D8MB', 'x')
    const { searchParams, password } = new URL(url)
    expect(searchParams.get('options')).toBe('-c work_mem=8MB -c role=x')
    expect([searchParams.get('sslmode'), password]).toEqual(['require', 'b%20c'])
  })
})

describe('openStorage', () => {
  it('goes on under the login itself where that may not have the role, and says so in one line', async () => {
    const login = `plain_${randomBytes(4).toString('hex')}`
    const owned = await createTestDatabase('template0')
    await owned.owner.query(`CREATE ROLE ${login} LOGIN PASSWORD 'p'`)
    await owned.owner.query(`ALTER SCHEMA public OWNER TO ${login}`)
    await owned.owner.query(`GRANT ALL ON DATABASE ${new URL(owned.url).pathname.slice(1)} TO ${login}`)
    const url = new URL(owned.url)
    Object.assign(url, { username: login, password: 'p' })
    const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-role-'))
    const logged: string[] = []
    const config = parseConfig({ LOPO_DATA_DIR: folder, DATABASE_URL: url.href })
    const open = () => openStorage(config, createLogger('warn', { write: (line) => logged.push(line) }))
    const storage = await open()
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain(`the login is no member of the role ${appRole}`)
    await storage.database.prisma.auditEntry.create({
      data: { actorType: 'system', actorId: 'test', action: 'test.made' },
    })
    await expect(storage.database.pool.query('DELETE FROM audit_entry')).rejects.toThrow('append-only')
    await storage.close()

    await owned.owner.query(`GRANT ${appRole} TO ${login}`)
    const again = await open()
    expect(logged).toHaveLength(1)
    await expect(again.database.pool.query('DELETE FROM audit_entry')).rejects.toThrow('permission denied')
    await again.close()
    await rm(folder, { recursive: true })
    await owned.owner.query(`DROP OWNED BY ${login} CASCADE; DROP ROLE ${login}`)
    await owned.close()
  })
})
