/** How calls that come together are done: as many in one go as can be, and the rest one by one. */
export interface Gathering<T, R> {
  /** Does all at once, or throws and has done none. A result that is undefined stands for an item that was left out. */
  many(items: readonly T[]): Promise<readonly (R | undefined)[]>
  one(item: T): Promise<R>
  /** How many may be done in one go. */
  readonly limit: number
}

interface Call<T, R> {
  readonly item: T
  readonly result: PromiseWithResolvers<R>
}

/**
 * Makes a function whose calls share the work: while one batch is under way the next calls gather. Under load that
 * is many calls a batch, and alone a call is done at once. What is wrong with one call touches no other.
 */
export function gather<T, R>({ many, one, limit }: Gathering<T, R>): (item: T) => Promise<R> {
  const waiting: Call<T, R>[] = []
  let working = false

  async function doTogether(batch: readonly Call<T, R>[]): Promise<void> {
    const results = await many(batch.map(({ item }) => item)).catch(() => [])
    for (const [at, { item, result }] of batch.entries()) {
      const done = results[at]
      if (done !== undefined) result.resolve(done)
      // Not waited for: what one has to wait for must not hold up the others.
      else one(item).then(result.resolve, result.reject)
    }
  }

  async function work(): Promise<void> {
    working = true
    // A turn of the event loop gathers what the same burst asks for.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) await doTogether(waiting.splice(0, limit))
    working = false
  }

  return (item) => {
    const result = Promise.withResolvers<R>()
    waiting.push({ item, result })
    if (!working) void work()
    return result.promise
  }
}
