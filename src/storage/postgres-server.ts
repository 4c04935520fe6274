import type { ChildProcess } from 'node:child_process'
import { access, chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { PostgresBinaries } from './postgres-binaries.ts'
import type { ServerUser } from './server-user.ts'

/** How to reach the server of a directory. `port` is 0 until it was started once. */
export interface ServerFile {
  readonly port: number
  readonly password: string
}

/** Where the server's files are, and who runs it with which programs. */
export interface ServerPlace {
  readonly directory: string
  readonly binaries: PostgresBinaries
  readonly user: ServerUser
}

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

/** Makes the cluster. It gets its name only when it is whole, so that a crash in between leaves a first start. */
export async function initialiseCluster(place: ServerPlace, password: string): Promise<ServerFile> {
  const { directory, binaries, user } = place
  const unfinished = path.join(directory, 'cluster.new')
  const passwordFile = path.join(directory, 'initial-password')
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  try {
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (user.ids !== undefined) {
      await chown(unfinished, user.ids.uid, user.ids.gid)
      await chown(passwordFile, user.ids.uid, user.ids.gid)
    }
    await user.run(binaries.initdb, [
      `--pgdata=${unfinished}`,
      '--username=lopo',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ])
  } finally {
    await rm(passwordFile, { force: true })
  }
  const server = { port: 0, password }
  await saveServerFile(directory, server)
  await finishInitialising(directory)
  return server
}

/** Gives a cluster that is whole its name, unless that was done: a crash may have come between. */
export async function finishInitialising(directory: string): Promise<void> {
  const [cluster, unfinished] = [path.join(directory, 'cluster'), path.join(directory, 'cluster.new')]
  const isThere = await access(path.join(cluster, 'PG_VERSION')).then(
    () => true,
    () => false,
  )
  if (!isThere) await rename(unfinished, cluster)
}

/** Starts the server on a free port, and resolves once it answers and has the `lopo` database. */
export async function launchPostgres(place: ServerPlace, known: ServerFile): Promise<ServerFile> {
  const { directory, binaries, user } = place
  const cluster = path.join(directory, 'cluster')
  const left = await readPostmaster(cluster)
  if (left !== undefined && (await isPostgres(left.pid))) {
    // Started by a process that died before it could say where: it is still ours.
    const server = { ...known, port: left.port }
    await untilUp(server, undefined, path.join(directory, 'server.log'))
    await saveServerFile(directory, server)
    return server
  }
  await rm(path.join(cluster, 'postmaster.pid'), { force: true })
  const server = { ...known, port: await freePort() }
  const logFile = path.join(directory, 'server.log')
  const log = await open(logFile, 'a', 0o600)
  const child = user.spawn(
    binaries.postgres,
    ['-D', cluster, '-p', String(server.port), ...settings.flatMap((setting) => ['-c', setting])],
    { detached: true, stdio: ['ignore', log.fd, log.fd] },
  )
  child.unref()
  await log.close()
  try {
    await untilUp(server, child, logFile)
    await ensureDatabase(server)
    await saveServerFile(directory, server)
  } catch (error) {
    child.kill('SIGINT')
    throw error
  }
  return server
}

/** Stops the server of this place, if it runs, and waits until it is down. */
export async function stopPostgres({ directory, binaries, user }: ServerPlace): Promise<void> {
  const cluster = path.join(directory, 'cluster')
  const running = await readPostmaster(cluster)
  if (running === undefined || !(await isPostgres(running.pid))) return
  await user.run(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-s'])
}

/** Whether the server answers. `busy`: it is there, but does not serve now. */
export async function stateOf(server: ServerFile): Promise<'up' | 'busy' | 'down'> {
  if (server.port === 0) return 'down'
  const client = new pg.Client({
    connectionString: urlOf(server, 'postgres'),
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return 'up'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // Too many clients is an answer too, and of our own server: the password was not refused.
    if (code === '53300') return 'up'
    return code === 'ECONNREFUSED' || code === '28P01' ? 'down' : 'busy'
  }
}

/** The connection URL of a database on the server. */
export function urlOf(server: ServerFile, database: string): string {
  return `postgresql://lopo:${server.password}@127.0.0.1:${server.port}/${database}`
}

async function untilUp(server: ServerFile, child: ChildProcess | undefined, logFile: string): Promise<void> {
  const patience = AbortSignal.timeout(180_000)
  while ((await stateOf(server)) !== 'up') {
    if (child !== undefined && child.exitCode !== null)
      throw new Error(await whyNot('PostgreSQL did not start', logFile))
    if (patience.aborted)
      throw new Error(await whyNot('PostgreSQL was not ready within three minutes', logFile))
    await wait(25)
  }
}

/** The last thing that the server said to be fatal. */
async function whyNot(what: string, logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).split('\n')
  const fatal = lines.findLast((line) => line.includes('FATAL:'))?.replace(/^.*FATAL:\s*/, '')
  return `${what}${fatal === undefined ? '' : `: ${fatal}`} (see ${logFile})`
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

async function saveServerFile(directory: string, server: ServerFile): Promise<void> {
  const file = path.join(directory, 'server.json')
  await writeFile(`${file}.new`, JSON.stringify(server), { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
}

/** The process and port that the cluster's own lock file names. */
async function readPostmaster(cluster: string): Promise<{ pid: number; port: number } | undefined> {
  const lines = (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return pid > 0 && port > 0 ? { pid, port } : undefined
}

/** Whether the process runs and is a PostgreSQL, as far as the system tells. */
async function isPostgres(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'postgres')
  return name.startsWith('postgres')
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
