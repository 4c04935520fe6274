import { open, readFile, rm } from 'node:fs/promises'

/** A lock that is held until released. */
export interface FileLock {
  release(): Promise<void>
}

/**
 * Takes the lock file at `path`, waiting while another living process holds it; a lock of a dead process is taken over.
 * Throws after 120 seconds.
 */
export async function acquireFileLock(path: string): Promise<FileLock> {
  const until = Date.now() + 120_000
  for (;;) {
    if (await create(path)) return { release: () => rm(path, { force: true }) }
    await removeIfAbandoned(path)
    if (Date.now() > until) throw new Error(`another process has held ${path} for two minutes`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function create(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(String(process.pid))
    await file.close()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function removeIfAbandoned(path: string): Promise<void> {
  const holder = Number(await readFile(path, 'utf8').catch(() => ''))
  if (holder === 0 || Number.isNaN(holder)) return
  try {
    process.kill(holder, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') await rm(path, { force: true })
  }
}
