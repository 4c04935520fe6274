import pg from 'pg'

/** A lock that one process of all that share the database holds. */
export interface AdvisoryLock {
  /** Resolves when the lock is lost with its connection; never after `release`. */
  readonly lost: Promise<void>
  release(): Promise<void>
}

/** Takes the lock called `name`, on a connection of its own; undefined when another process holds it. */
export async function takeAdvisoryLock(url: string, name: string): Promise<AdvisoryLock | undefined> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'lopo lock',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  })
  const lost = new Promise<void>((resolve) => {
    client.on('error', () => resolve())
    client.on('end', () => resolve())
  })
  try {
    await client.connect()
    const { rows } = await client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken', [
      name,
    ])
    if (rows[0]?.taken !== true) {
      await client.end()
      return undefined
    }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  let released = false
  return {
    lost: lost.then(() => (released ? new Promise<void>(() => undefined) : undefined)),
    async release() {
      released = true
      await client.end()
    },
  }
}
