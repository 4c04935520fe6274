/** How long nothing of a kind is sent on an account. */
export interface AccountWait {
  isOver(): boolean
  /** When it is over; a time that is past while nothing is waited for. */
  end(): Date
  /** Waits until then, unless it waits longer already. */
  until(moment: Date): void
  /** Waits longer after each failure than after the one before; failures while it waits count as one. */
  backOff(): void
  /** The next failure is the first again. */
  reset(): void
}

const longestMs = 60_000

/** Makes it, with nothing to wait for. */
export function createAccountWait(now: () => Date): AccountWait {
  let end = new Date(0)
  let failures = 0
  const until = (moment: Date) => {
    if (moment > end) end = moment
  }
  const isOver = () => now() >= end
  return {
    isOver,
    end: () => end,
    until,
    backOff() {
      if (!isOver()) return
      until(new Date(now().getTime() + Math.min(1_000 * 2 ** failures, longestMs)))
      failures += 1
    },
    reset() {
      failures = 0
    },
  }
}
