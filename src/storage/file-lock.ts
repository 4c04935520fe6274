import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { isRunning, processMark } from './process-mark.ts'

/** A lock that is held until released. */
export interface FileLock {
  release(): Promise<void>
}

const patienceMs = 120_000
/** A lock file that says nothing for this long was left by a crash in the middle of writing it. */
const silentMs = 10_000

/**
 * Takes the lock file at `path`, waiting while another living process holds it; a lock of a dead process is taken over.
 * Throws after two minutes.
 */
export async function acquireFileLock(path: string): Promise<FileLock> {
  const until = Date.now() + patienceMs
  for (;;) {
    if (await take(path)) return { release: () => rm(path, { force: true }) }
    await removeIfAbandoned(path)
    if (Date.now() > until) throw new Error(`another process has held ${path} for two minutes`)
    await wait(20)
  }
}

/** The lock appears whole or not at all: it is written elsewhere, and then linked. */
async function take(path: string): Promise<boolean> {
  const own = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(own, await processMark(process.pid), { mode: 0o600 })
  try {
    await link(own, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(own, { force: true })
  }
}

async function removeIfAbandoned(path: string): Promise<void> {
  const mark = await readFile(path, 'utf8').catch(() => undefined)
  if (mark === undefined || !(await isAbandoned(path, mark))) return
  // Of several who see it abandoned one moves it away, and looks whether it is still that one.
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  await rename(path, aside).catch(() => undefined)
  const moved = await readFile(aside, 'utf8').catch(() => undefined)
  if (moved !== undefined && moved !== mark) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

async function isAbandoned(path: string, mark: string): Promise<boolean> {
  if (mark !== '') return !(await isRunning(mark))
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
  return Date.now() - mtimeMs > silentMs
}
