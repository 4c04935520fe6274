/** What is counted of a product on a day in Kupang. */
export interface DayCount {
  readonly productId: number
  readonly what: 'views' | 'finds' | 'contacts'
}

/** Counts what happens to products; nobody's name is kept. */
export interface DayCounter {
  /** Notes it; it is written within seconds, many at once. */
  count(counts: readonly DayCount[]): void
  /** Writes what is noted. */
  flush(): Promise<void>
  /** Writes what is noted, and ends. */
  stop(): Promise<void>
}

export interface DayCounterDeps {
  /** Adds to what is kept; `counts` of the same product, day and kind are summed. */
  readonly write: (
    counts: readonly {
      readonly productId: number
      readonly day: Date
      readonly what: DayCount['what']
      readonly times: number
    }[],
  ) => Promise<void>
  readonly now: () => Date
  readonly onError: (error: unknown) => void
  /** How long counts wait to be written together. */
  readonly patienceMs?: number
}

/** Makes a counter that writes at most once in some seconds. */
export function createDayCounter({ write, now, onError, patienceMs = 3_000 }: DayCounterDeps): DayCounter {
  let noted = new Map<string, { productId: number; day: Date; what: DayCount['what']; times: number }>()
  let timer: NodeJS.Timeout | undefined
  const flush = async () => {
    clearTimeout(timer)
    timer = undefined
    const counts = [...noted.values()]
    noted = new Map()
    if (counts.length > 0) await write(counts).catch(onError)
  }
  return {
    count(counts) {
      const local = new Date(now().getTime() + 8 * 3_600_000)
      const day = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()))
      for (const { productId, what } of counts) {
        const key = `${productId} ${what} ${day.getTime()}`
        const known = noted.get(key)
        noted.set(key, { productId, day, what, times: (known?.times ?? 0) + 1 })
      }
      timer ??= setTimeout(() => void flush(), patienceMs)
      timer.unref()
    },
    flush,
    stop: flush,
  }
}
