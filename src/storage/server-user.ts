import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** The user that runs PostgreSQL, which refuses to run as root. */
export interface ServerUser {
  /** The owner that the server's files must have; undefined where this process's own user runs it. */
  readonly ids: { readonly uid: number; readonly gid: number } | undefined
  spawn(program: string, args: readonly string[], options: SpawnOptions): ChildProcess
  /** Runs to the end; throws with the last lines of its error output. */
  run(program: string, args: readonly string[]): Promise<void>
}

/**
 * Chooses the user: this one, unless it is root; then the owner of the files, or `postgres` or `nobody` of this machine. Where that user cannot
 * reach the files (a home of mode 0700, say), it keeps root's right to read and pass through folders, and nothing else of root.
 */
export async function serverUser(directory: string, binaries: PostgresBinaries): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return userOf(undefined, [])
  const ids = (await ownerOfCluster(directory)) ?? (await unprivilegedIds())
  const plain = userOf(ids, [])
  if (await works(plain, binaries, directory)) return plain
  const passing = userOf(undefined, [
    'setpriv',
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    '--clear-groups',
    '--inh-caps=-all,+dac_read_search',
    '--ambient-caps=-all,+dac_read_search',
  ])
  if (await works(passing, binaries, directory)) return { ...passing, ids }
  throw new Error(
    `PostgreSQL does not run as root, and another user cannot reach ${directory}: start as an ordinary user, or set LOPO_DATA_DIR or DATABASE_URL`,
  )
}

function userOf(ids: ServerUser['ids'], prefix: readonly string[]): ServerUser {
  const start = (program: string, args: readonly string[], options: SpawnOptions) => {
    const [first, ...rest] = [...prefix, program, ...args]
    if (first === undefined) throw new Error('nothing to run')
    return spawn(first, rest, {
      ...options,
      ...ids,
      cwd: '/',
      env: { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    })
  }
  return {
    ids,
    spawn: start,
    run: (program, args) =>
      new Promise((resolve, reject) => {
        const child = start(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
        let errors = ''
        child.stderr?.on('data', (chunk) => {
          errors = (errors + String(chunk)).slice(-2_000)
        })
        child.once('error', reject)
        child.once('close', (code) => {
          if (code === 0) resolve()
          else reject(new Error(`${program} ended with ${code}: ${errors.trim()}`))
        })
      }),
  }
}

async function works(user: ServerUser, binaries: PostgresBinaries, directory: string): Promise<boolean> {
  try {
    await user.run(binaries.postgres, ['--version'])
    await user.run('/bin/sh', ['-c', 'cd "$1"', 'sh', directory])
    return true
  } catch {
    return false
  }
}

/** Who ran the server before, when that was not root: the files are theirs. */
async function ownerOfCluster(directory: string): Promise<{ uid: number; gid: number } | undefined> {
  const found = await stat(path.join(directory, 'cluster')).catch(() => undefined)
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid }
}

async function unprivilegedIds(): Promise<{ uid: number; gid: number }> {
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const found = users.find(([user]) => user === name)
    if (found !== undefined) return { uid: Number(found[2]), gid: Number(found[3]) }
  }
  throw new Error('PostgreSQL does not run as root, and this machine has no user postgres or nobody')
}
