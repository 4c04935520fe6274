import { setTimeout as wait } from 'node:timers/promises'

/** Waits for work so long at most; `late` when it is not done by then, and goes on. */
export async function finishWithin<T>(patienceMs: number, work: Promise<T>): Promise<T | 'late'> {
  const patience = new AbortController()
  try {
    return await Promise.race([work, wait(patienceMs, 'late' as const, { signal: patience.signal })])
  } finally {
    patience.abort()
  }
}
