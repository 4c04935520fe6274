/** A bucket of tokens: `burst` at most, `perSecond` more each second. */
export interface Pace {
  readonly burst: number
  readonly perSecond: number
}

/** A limit on how often each key may act. */
export interface PaceKeeper {
  /** 0 when the act is allowed, else the seconds after which it will be. */
  take(key: string): number
}

interface Bucket {
  tokens: number
  at: number
}

const MOST_BUCKETS = 10_000

/** Token buckets by key, in memory. `now` is in milliseconds. */
export function createPaceKeeper(pace: Pace, now: () => number): PaceKeeper {
  const buckets = new Map<string, Bucket>()
  const refilled = ({ tokens, at }: Bucket, time: number) =>
    Math.min(pace.burst, tokens + (Math.max(0, time - at) / 1000) * pace.perSecond)
  const dropFull = (time: number) => {
    for (const [key, bucket] of buckets) if (refilled(bucket, time) >= pace.burst) buckets.delete(key)
  }
  return {
    take(key) {
      const time = now()
      if (buckets.size >= MOST_BUCKETS) dropFull(time)
      const tokens = refilled(buckets.get(key) ?? { tokens: pace.burst, at: time }, time)
      const allowed = tokens >= 1
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: time })
      return allowed ? 0 : Math.ceil((1 - tokens) / pace.perSecond)
    },
  }
}
