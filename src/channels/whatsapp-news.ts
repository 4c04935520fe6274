import type { Logger } from '../log.ts'
import type { Progress } from './channel.ts'

type Listener = (news: readonly Progress[]) => Promise<void>

/** Passes on what became of messages. */
export interface NewsDesk {
  /** Resolves once the news are durable; what nobody listens to yet waits. */
  tell(news: readonly (Progress | undefined)[]): Promise<void>
  listen(listener: Listener): void
}

/** How many news wait for a database that is away. */
const mostWaiting = 5_000

/** Makes it. */
export function createNewsDesk(log: Logger): NewsDesk {
  let listener: Listener | undefined
  let waiting: Progress[] = []

  async function tell(news: readonly (Progress | undefined)[]): Promise<void> {
    waiting.push(...news.filter((one) => one !== undefined))
    if (listener === undefined || waiting.length === 0) return
    const batch = waiting
    waiting = []
    try {
      await listener(batch)
    } catch (error) {
      log.error({ err: error }, 'what became of messages was not noted now')
      waiting = [...batch, ...waiting].slice(-mostWaiting)
    }
  }

  return {
    tell,
    listen(next) {
      listener = next
      void tell([])
    },
  }
}
