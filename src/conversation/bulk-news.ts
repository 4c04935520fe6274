import type { Logger } from '../log.ts'
import type { BulkNews } from './batches.ts'

/** Hears of broadcasts; what it does takes its own time, and its failures stop nothing. */
export type BulkListener = (news: BulkNews) => unknown

/** Tells what happens while broadcasts go out. */
export interface BulkTeller {
  listen(listener: BulkListener): void
  /** A message of the batch was settled: told with others, at most once a second. */
  settled(batchId: bigint | undefined): void
  /** Told at once. */
  warned(news: Extract<BulkNews, { type: 'warned' }>): void
  /** Tells what is still to be told. */
  flush(): Promise<void>
}

interface Deps {
  /** Resolves once what was settled is in the database. */
  readonly written: () => Promise<void>
  readonly log: Logger
  readonly everyMs?: number
}

/** Makes it. Whoever hears that something was settled finds it so in the database. */
export function createBulkTeller({ written, log, everyMs = 1_000 }: Deps): BulkTeller {
  const listeners: BulkListener[] = []
  let waiting = new Set<bigint>()
  let timer: NodeJS.Timeout | undefined

  function tell(news: BulkNews): void {
    for (const listener of listeners) {
      const heard = async () => listener(news)
      heard().catch((error) =>
        log.error({ err: error, news: news.type }, 'news of broadcasts were not heard'),
      )
    }
  }

  function tellLater(): void {
    timer ??= setTimeout(() => void flush(), everyMs).unref()
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const batchIds = waiting
    waiting = new Set()
    if (batchIds.size === 0) return
    try {
      await written()
      tell({ type: 'settled', batchIds: [...batchIds] })
    } catch (error) {
      log.error({ err: error }, 'what became of broadcasts could not be noted now')
      waiting = new Set([...batchIds, ...waiting])
      tellLater()
    }
  }

  return {
    listen: (listener) => void listeners.push(listener),
    settled(batchId) {
      if (batchId === undefined) return
      waiting.add(batchId)
      tellLater()
    },
    warned: tell,
    flush,
  }
}
