import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { prepareAppRole } from '../../src/storage/app-role.ts'
import { startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts'
import { applyMigrations } from '../../src/storage/migrations.ts'

/** Starts one PostgreSQL server for the whole run and makes the template that every test database is cloned from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'lopo-test-'))
  const server = await startEmbeddedPostgres(path.join(directory, 'postgres'))
  const admin = new pg.Client(server.url)
  await admin.connect()
  // Nothing here has to outlive the machine, and a thousand databases are made and dropped. What outlives a killed process is the same.
  await admin.query('ALTER SYSTEM SET fsync = off')
  await admin.query('ALTER SYSTEM SET full_page_writes = off')
  await admin.query('SELECT pg_reload_conf()')
  await admin.query('CREATE DATABASE template_lopo')
  await admin.end()
  const template = server.url.replace(/lopo$/, 'template_lopo')
  await applyMigrations(template)
  const client = new pg.Client(template)
  await client.connect()
  await prepareAppRole(client)
  await client.end()
  project.provide('postgresUrl', server.url)
  return async () => {
    await server.release()
    await rm(directory, { recursive: true, force: true })
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}
