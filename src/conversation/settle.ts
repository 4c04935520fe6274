import type { OutboxStore, Settlement } from './outbox-store.ts'

/** Notes what became of sends, many in one statement. */
export interface Settler {
  add(settlement: Settlement): void
  /** Resolves once everything added so far is in the database. */
  flush(): Promise<void>
}

/**
 * Makes the settler. While one write is under way the next settlements gather: under load that is many a write, and
 * alone it is at once. A write that fails is tried again with the next.
 */
export function createSettler(deps: {
  store: Pick<OutboxStore, 'settle'>
  now: () => Date
  onError: (error: unknown) => void
}): Settler {
  let waiting: Settlement[] = []
  let writing: Promise<void> | undefined

  async function write(): Promise<void> {
    const batch = waiting
    waiting = []
    try {
      await deps.store.settle(batch, deps.now())
    } catch (error) {
      waiting = [...batch, ...waiting]
      throw error
    }
  }

  async function writeAll(): Promise<void> {
    // A turn of the event loop gathers what the same burst of sends settles.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) await write()
  }

  function start(): Promise<void> {
    writing ??= writeAll().finally(() => {
      writing = undefined
    })
    return writing
  }

  return {
    add(settlement) {
      waiting.push(settlement)
      if (writing === undefined) start().catch(deps.onError)
    },
    async flush() {
      while (waiting.length > 0 || writing !== undefined) await start()
    },
  }
}
