import DataLoader from 'dataloader'

/** How many statements may be under way; whoever asks meanwhile waits for the next. */
const mostAtOnce = 4
const mostKeys = 100

/**
 * Has what several ask for at the same time be read by one statement. `load` gives a value for each of the keys, in their order;
 * nothing is remembered.
 */
export function readTogether<Key, Value>(
  load: (keys: readonly Key[]) => Promise<readonly Value[]>,
): (key: Key) => Promise<Value> {
  let underWay = 0
  const waiting: (() => void)[] = []
  const loader = new DataLoader<Key, Value>(
    async (keys) => {
      underWay += 1
      try {
        return await load(keys)
      } finally {
        underWay -= 1
        waiting.shift()?.()
      }
    },
    {
      cache: false,
      maxBatchSize: mostKeys,
      batchScheduleFn: (go) => {
        if (underWay < mostAtOnce) setImmediate(go)
        else waiting.push(go)
      },
    },
  )
  return (key) => loader.load(key)
}
