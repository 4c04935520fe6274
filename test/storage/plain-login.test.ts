import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildApp, readFlows } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { createLogger } from '../../src/log.ts'
import { startJobs } from '../../src/services/jobs.ts'
import { createLists } from '../../src/services/lists.ts'
import { createAlarmStore } from '../../src/staff/alarm-store.ts'
import { createStaffAccounts } from '../../src/staff/create-staff-accounts.ts'
import { createSignIn } from '../../src/staff/sign-in/create-sign-in.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { Browser } from '../staff/staff-world.ts'
import { individuCsv, recipient } from '../support/assistance-world.ts'
import { readGround, seatResident } from '../support/test-app.ts'

let folder: string
let server: EmbeddedPostgres
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-plain-'))
  // A server of its own: roles belong to the server, and here nobody made the program's.
  server = await startEmbeddedPostgres(path.join(folder, 'postgres'))
})
afterAll(async () => {
  await server.release()
  await rm(folder, { recursive: true })
})

/** The address of a fresh database that belongs to a login with no right but this one. */
async function ownDatabase(name: string, right: 'CREATEROLE' | 'NOCREATEROLE'): Promise<string> {
  const admin = new pg.Client(server.url)
  await admin.connect()
  await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD 'p' ${right}`)
  await admin.query(`CREATE DATABASE ${name} OWNER ${name}`)
  await admin.end()
  const url = new URL(server.url)
  Object.assign(url, { username: name, password: 'p', pathname: `/${name}` })
  return url.href
}

async function openHouse(url: string, name: string) {
  const config = parseConfig({ LOPO_DATA_DIR: path.join(folder, name), DATABASE_URL: url, PORT: '0' })
  const logged: string[] = []
  const log = createLogger('warn', { write: (line) => logged.push(line) })
  const { texts, language } = await readGround()
  const storage = await openStorage(config, log)
  const app = await buildApp({ config, log, storage, texts, language, flows: readFlows(texts, language) })
  return { app, logged }
}
type House = Awaited<ReturnType<typeof openHouse>>['app']

/** Brings a list as the desk does it: each step is handed to the queue within the transaction that notes it. */
async function bringList(app: House) {
  const jobs = await startJobs(app, true)
  const lists = createLists(app, jobs.queue)
  const by = { id: crypto.randomUUID(), name: 'Maria Contoh', roles: ['bansos'] } as const
  const { id, file } = await lists.beginUpload()
  await writeFile(file, individuCsv([recipient]), { mode: 0o600 })
  const wish = { kind: 'p3ke', title: 'P3KE', asOf: '2023-02-01', period: undefined }
  const run = await lists.addUpload(id, { ...wish, fileName: 'daftar.csv', size: 100 }, by)
  if (typeof run === 'string') throw new Error(run)
  const reaches = (state: string) =>
    vi.waitFor(async () => expect((await lists.run(run.id))?.state).toBe(state), { timeout: 20_000 })
  await lists.check(run.id, { columns: {}, programmes: {} }, by)
  await reaches('checked')
  await lists.load(run.id, by)
  await reaches('loaded')
  await jobs.stop()
}

async function signIn({ storage, now, language }: House) {
  const { database, keyring } = storage
  const deps = { database, keyring, audit: createAuditTrail(), now }
  const accounts = createStaffAccounts({ ...deps, places: language.places })
  const added = await accounts.add({ login: 'maria', name: 'Maria Contoh', roles: ['admin'] }, 'cli')
  if (added.type !== 'added') throw new Error(added.why)
  const door = createSignIn({ ...deps, alarms: createAlarmStore(database), publicUrl: undefined })
  return new Browser(door).password('maria', added.firstPassword)
}

describe('openStorage', () => {
  it.each([
    ['plain', 'NOCREATEROLE', 'plain', ['the role lopo_app is missing, and the login may not create it']],
    ['maker', 'CREATEROLE', 'lopo_app', []],
  ] as const)(
    'lets the whole house work for the login %s with %s, as %s',
    async (name, right, as, warnings) => {
      const { app, logged } = await openHouse(await ownDatabase(name, right), name)
      const { pool } = app.storage.database
      expect((await pool.query('SELECT current_user::text AS name')).rows).toEqual([{ name: as }])
      expect(logged.map((line) => JSON.parse(line).why)).toEqual(warnings)
      expect((await (await seatResident(app)).say('menu')).join()).not.toBe('')
      await bringList(app)
      expect(await signIn(app)).toMatchObject({ type: 'enrol' })
      await expect(pool.query('DELETE FROM audit_entry')).rejects.toThrow(/append-only|permission denied/)
      await app.close()

      // The second start finds all as it left it.
      const again = await openStorage(app.config, app.log)
      const { rows } = await again.database.pool.query('SELECT count(*)::int AS n FROM listed_person')
      expect(rows).toEqual([{ n: 1 }])
      expect(logged).toHaveLength(2 * warnings.length)
      await again.close()
    },
    60_000,
  )
})
