/** How long something took, over many times, in milliseconds. */
export interface Spread {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  readonly mean: number
}

/** The spread of times; all zero when there are none. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const sum = sorted.reduce((total, time) => total + time, 0)
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1), mean: sum / (sorted.length || 1) }
}
