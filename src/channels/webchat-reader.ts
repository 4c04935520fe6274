import type { Listener } from './webchat-room.ts'

/** How long a page without script waits for answers, in milliseconds. */
export interface ReaderPatience {
  /** For the first answer. */
  readonly first: number
  /** For one more, after each. */
  readonly next: number
}

/** A listener for a page without script: it only notes that answers came. `settled` resolves when no more are awaited. */
export interface Reader extends Listener {
  readonly settled: Promise<void>
}

/** Waits for answers as a person would: for a first one, then a moment for each that follows. */
export function createReader(patience: ReaderPatience): Reader {
  const { promise: settled, resolve } = Promise.withResolvers<void>()
  let timer = setTimeout(resolve, patience.first)
  return {
    settled,
    async push() {
      clearTimeout(timer)
      timer = setTimeout(resolve, patience.next)
      return true
    },
    beat: () => undefined,
    close() {
      clearTimeout(timer)
      resolve()
    },
  }
}
