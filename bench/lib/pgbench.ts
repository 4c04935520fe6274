import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'

const execute = promisify(execFile)

/** What `pgbench -N` gave on the same server: small durable transactions, without any program around them. */
export interface PgbenchRun {
  readonly transactionsPerSecond: number
  readonly command: string
}

/** Runs pgbench in a database of its own beside `url`. Undefined where there is no pgbench. */
export async function runPgbench(url: string, seconds: number): Promise<PgbenchRun | undefined> {
  if (!(await hasPgbench())) return undefined
  const admin = new pg.Client(url)
  await admin.connect()
  await admin.query('CREATE DATABASE pgbench')
  await admin.end()
  const { hostname, port, username, password } = new URL(url)
  const server = ['-h', hostname, '-p', port, '-U', username, 'pgbench']
  const load = ['-N', '-c', '20', '-j', '2', '-T', String(seconds)]
  const options = { env: { PATH: process.env.PATH, PGPASSWORD: decodeURIComponent(password) } }
  await execute('pgbench', ['-i', '-q', '-s', '10', ...server], options)
  const { stdout } = await execute('pgbench', [...load, ...server], options)
  const [, tps] = /^tps = ([\d.]+)/m.exec(stdout) ?? []
  if (tps === undefined) throw new Error(`pgbench told no transactions per second:\n${stdout}`)
  return { transactionsPerSecond: Number(tps), command: `pgbench ${load.join(' ')}` }
}

async function hasPgbench(): Promise<boolean> {
  return execute('pgbench', ['--version']).then(
    () => true,
    () => false,
  )
}
