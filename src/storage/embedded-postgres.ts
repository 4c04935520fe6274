import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { acquireFileLock } from './file-lock.ts'
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts'
import { type ServerUser, serverUser } from './server-user.ts'

/** A running embedded PostgreSQL server that several processes share. */
export interface EmbeddedPostgres {
  /** Connection URL of the `lopo` database, on loopback, with the generated password. */
  readonly url: string
  /** Whether this call started the server, or found it running. */
  readonly started: boolean
  /** Leaves the server; the last process to leave stops it and waits until it is down. */
  release(): Promise<void>
}

const serverFile = z.object({ port: z.number(), password: z.string() })
type ServerFile = z.infer<typeof serverFile>

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'shared_buffers=128MB',
  'wal_compression=on',
  'max_wal_size=2GB',
  'timezone=UTC',
  'log_min_messages=warning',
  'log_connections=',
]

/**
 * Starts the PostgreSQL server under `directory`, or joins the one that another process started there.
 * Initialises it on first use: directory 0700, password generated. Throws if it cannot start; the message has no password.
 */
export async function startEmbeddedPostgres(directory: string): Promise<EmbeddedPostgres> {
  const binaries = await postgresBinaries()
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const user = await serverUser(directory, binaries)
  const lock = await acquireFileLock(path.join(directory, 'lock'))
  try {
    const server = await initialise(directory, binaries, user)
    const joined = await isAlive(server)
    const running = joined ? server : await launch(directory, binaries, user, server)
    await join(directory)
    return {
      url: urlOf(running, 'lopo'),
      started: !joined,
      release: () => leave(directory, binaries, user),
    }
  } finally {
    await lock.release()
  }
}

async function initialise(
  directory: string,
  binaries: PostgresBinaries,
  user: ServerUser,
): Promise<ServerFile> {
  const file = path.join(directory, 'server.json')
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known !== undefined) return serverFile.parse(JSON.parse(known))
  const cluster = path.join(directory, 'cluster')
  await rm(cluster, { recursive: true, force: true })
  await mkdir(cluster, { mode: 0o700 })
  const password = randomBytes(24).toString('base64url')
  const passwordFile = path.join(directory, 'initial-password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user.ids !== undefined) {
    await chown(cluster, user.ids.uid, user.ids.gid)
    await chown(passwordFile, user.ids.uid, user.ids.gid)
  }
  await user.run(binaries.initdb, [
    `--pgdata=${cluster}`,
    '--username=lopo',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ])
  await rm(passwordFile)
  const server = { port: 0, password }
  await saveServer(directory, server)
  return server
}

async function saveServer(directory: string, server: ServerFile): Promise<void> {
  const file = path.join(directory, 'server.json')
  await writeFile(`${file}.new`, JSON.stringify(server), { mode: 0o600 })
  await chmod(`${file}.new`, 0o600)
  await rename(`${file}.new`, file)
}

async function launch(
  directory: string,
  binaries: PostgresBinaries,
  user: ServerUser,
  known: ServerFile,
): Promise<ServerFile> {
  const cluster = path.join(directory, 'cluster')
  const server = { ...known, port: await freePort() }
  const log = await open(path.join(directory, 'server.log'), 'a', 0o600)
  const child = user.spawn(
    binaries.postgres,
    ['-D', cluster, '-p', String(server.port), ...settings.flatMap((setting) => ['-c', setting])],
    { detached: true, stdio: ['ignore', log.fd, log.fd] },
  )
  child.unref()
  await log.close()
  await untilReady(server, child, path.join(directory, 'server.log'))
  await ensureDatabase(server)
  await saveServer(directory, server)
  return server
}

async function untilReady(server: ServerFile, child: ChildProcess, log: string): Promise<void> {
  const ended = new Promise<never>((_, reject) => {
    const fail = () => reject(new Error(`PostgreSQL did not start: see ${log}`))
    child.once('error', fail)
    child.once('exit', fail)
  })
  const ready = async () => {
    const until = Date.now() + 60_000
    while (!(await isAlive(server))) {
      if (Date.now() > until) throw new Error(`PostgreSQL was not ready within 60 s: see ${log}`)
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
  await Promise.race([ready(), ended])
  child.removeAllListeners()
}

async function ensureDatabase(server: ServerFile): Promise<void> {
  const client = new pg.Client(urlOf(server, 'postgres'))
  await client.connect()
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'lopo'")
    if (found.rowCount === 0) await client.query('CREATE DATABASE lopo')
  } finally {
    await client.end()
  }
}

async function isAlive(server: ServerFile): Promise<boolean> {
  if (server.port === 0) return false
  const client = new pg.Client({
    connectionString: urlOf(server, 'postgres'),
    connectionTimeoutMillis: 2_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

function urlOf(server: ServerFile, database: string): string {
  return `postgresql://lopo:${server.password}@127.0.0.1:${server.port}/${database}`
}

/** A file named for this process says that it uses the server: the last one out stops it. */
async function join(directory: string): Promise<void> {
  const users = path.join(directory, 'users')
  await mkdir(users, { recursive: true, mode: 0o700 })
  await writeFile(path.join(users, String(process.pid)), '')
}

async function leave(directory: string, binaries: PostgresBinaries, user: ServerUser): Promise<void> {
  const lock = await acquireFileLock(path.join(directory, 'lock'))
  try {
    const users = path.join(directory, 'users')
    await rm(path.join(users, String(process.pid)), { force: true })
    for (const name of await readdir(users)) {
      if (isRunning(Number(name))) return
      await rm(path.join(users, name), { force: true })
    }
    const cluster = path.join(directory, 'cluster')
    const running = await stat(path.join(cluster, 'postmaster.pid')).catch(() => undefined)
    if (running !== undefined)
      await user.run(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-s'])
  } finally {
    await lock.release()
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1')
  return address.port
}
