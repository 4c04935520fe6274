import pg from 'pg'
import type { Logger } from '../log.ts'

/** Words that the processes of one database pass to each other. A word may be lost: nothing may depend on it alone. */
export interface Signals {
  send(channel: string, payload: string): Promise<void>
  /** `listener` gets the payload of every word on the channel, also of this process. */
  on(channel: string, listener: (payload: string) => void): Promise<void>
  stop(): Promise<void>
}

const reconnectMs = 1_000

/** Opens one listening connection, and opens it again when it breaks. */
export async function openSignals(deps: { url: string; pool: pg.Pool; log: Logger }): Promise<Signals> {
  const listeners = new Map<string, (payload: string) => void>()
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let client = await connect()

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({
      connectionString: deps.url,
      application_name: 'lopo signals',
      keepAlive: true,
    })
    fresh.on('notification', ({ channel, payload }) => listeners.get(channel)?.(payload ?? ''))
    fresh.on('error', (error) => deps.log.warn({ err: error }, 'the listening connection broke'))
    fresh.on('end', reconnect)
    await fresh.connect()
    for (const channel of listeners.keys()) await fresh.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
    return fresh
  }

  function reconnect(): void {
    if (stopped) return
    timer = setTimeout(() => {
      connect().then(
        (fresh) => {
          client = fresh
        },
        () => reconnect(),
      )
    }, reconnectMs)
    timer.unref()
  }

  return {
    async send(channel, payload) {
      await deps.pool.query('SELECT pg_notify($1, $2)', [channel, payload])
    },
    async on(channel, listener) {
      listeners.set(channel, listener)
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await client.end()
    },
  }
}
