/** Lets tests wait for something to become so, instead of sleeping. */
export interface Changes {
  /** Something may have become so: looks again on behalf of everybody who waits. */
  notify(): void
  /** Resolves with the first value other than `undefined` or `false`; rejects after `timeout` milliseconds. */
  until<T>(look: () => T | undefined | false, what: string, timeout?: number): Promise<T>
}

interface Watcher {
  look(): void
}

/** Makes an empty waiting room. */
export function createChanges(): Changes {
  const watchers = new Set<Watcher>()
  return {
    notify() {
      for (const watcher of [...watchers]) watcher.look()
    },
    until(look, what, timeout = 15_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(watcher)
          reject(new Error(`not so within ${timeout} ms: ${what}`))
        }, timeout)
        const watcher: Watcher = {
          look() {
            const found = look()
            if (found === undefined || found === false) return
            watchers.delete(watcher)
            clearTimeout(timer)
            resolve(found)
          },
        }
        watchers.add(watcher)
        watcher.look()
      })
    },
  }
}
