/** Lets works with the same key wait for each other, in the order in which they came. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>

/** Makes it. A work that fails does not stop the next. */
export function createTurns(): Turns {
  const tails = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const mine = (tails.get(key) ?? Promise.resolve()).then(work, work)
    const tail = mine.catch(() => undefined)
    tails.set(key, tail)
    void tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key)
    })
    return mine
  }
}
