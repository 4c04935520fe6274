import pg from 'pg'
import type { Logger } from '../log.ts'

/** Words that the processes of one database pass to each other. A word may be lost: nothing may depend on it alone. */
export interface Signals {
  send(channel: string, payload: string): Promise<void>
  /** `listener` gets the payload of every word on the channel, also of this process. */
  on(channel: string, listener: (payload: string) => void): Promise<void>
  /** `listener` is called each time words may have been lost, once they are heard again. */
  onGap(listener: () => void): void
  stop(): Promise<void>
}

export interface SignalsDeps {
  readonly url: string
  readonly pool: pg.Pool
  readonly log: Logger
  /** How long to wait before connecting again. */
  readonly reconnectMs?: number
}

/** Opens one listening connection, and opens it again when it breaks. */
export async function openSignals(deps: SignalsDeps): Promise<Signals> {
  const { url, pool, log, reconnectMs = 1_000 } = deps
  const listeners = new Map<string, ((payload: string) => void)[]>()
  const gapListeners: (() => void)[] = []
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let connecting: Promise<void> | undefined
  let client = await connect()

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'lopo signals',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    })
    fresh.on('error', (error) => log.warn({ err: error }, 'the listening connection broke'))
    fresh.on('notification', ({ channel, payload }) => {
      for (const listener of listeners.get(channel) ?? []) listener(payload ?? '')
    })
    try {
      await fresh.connect()
      for (const channel of listeners.keys()) await listen(fresh, channel)
    } catch (error) {
      await fresh.end().catch(() => undefined)
      throw error
    }
    // Only a connection that stood may ask for another: one that never did has been answered above.
    fresh.once('end', reconnectLater)
    return fresh
  }

  function reconnectLater(): void {
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      connecting = reconnect()
    }, reconnectMs)
    timer.unref()
  }

  async function reconnect(): Promise<void> {
    try {
      client = await connect()
      for (const listener of gapListeners) listener()
    } catch (error) {
      log.warn({ err: error }, 'the listening connection cannot be opened again yet')
      reconnectLater()
    }
  }

  return {
    async send(channel, payload) {
      await pool.query('SELECT pg_notify($1, $2)', [channel, payload])
    },
    async on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      await listen(client, channel)
    },
    onGap: (listener) => void gapListeners.push(listener),
    async stop() {
      stopped = true
      clearTimeout(timer)
      await connecting
      await client.end().catch(() => undefined)
    },
  }
}

async function listen(client: pg.Client, channel: string): Promise<void> {
  await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
}
