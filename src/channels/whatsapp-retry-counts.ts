import type { CacheStore } from '@whiskeysockets/baileys'

/** How many counts are kept: a message is asked for again within minutes or not at all. */
const mostCounts = 5_000

/** How often each message was asked for again, the oldest forgotten first. It outlives connections, or every count would begin anew. */
export function createRetryCounts(): CacheStore {
  const counts = new Map<string, string>()
  return {
    get(key) {
      const text = counts.get(key)
      return text === undefined ? undefined : JSON.parse(text)
    },
    set(key, value) {
      counts.delete(key)
      counts.set(key, JSON.stringify(value))
      const [oldest] = counts.keys()
      if (counts.size > mostCounts && oldest !== undefined) counts.delete(oldest)
    },
    del: (key) => void counts.delete(key),
    flushAll: () => counts.clear(),
  }
}
