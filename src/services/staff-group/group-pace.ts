/** How fast the bot posts into one group. */
export interface GroupPace {
  /** Waits for leave to post; false when `signal` was aborted. Answers to staff go before news. */
  turn(kind: 'answer' | 'news', signal: AbortSignal): Promise<boolean>
  /** Nothing more is posted for so many milliseconds. */
  rest(milliseconds: number): void
}

export interface GroupPaceDeps {
  /** Milliseconds. */
  readonly now: () => number
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** Telegram takes twenty messages a minute into one group; some of them are left to answers. */
const mostOf = { answer: 20, news: 16 }
const minute = 60_000

/** Counts what was posted in the last minute. */
export function createGroupPace({ now, wait }: GroupPaceDeps): GroupPace {
  let posted: number[] = []
  let restsUntil = 0

  /** Milliseconds until one more may go; 0 for now. */
  function delay(most: number): number {
    const at = now()
    posted = posted.filter((time) => time > at - minute)
    const first = posted[posted.length - most]
    return Math.max(0, restsUntil - at, first === undefined ? 0 : first + minute - at)
  }

  return {
    async turn(kind, signal) {
      for (let left = delay(mostOf[kind]); left > 0; left = delay(mostOf[kind])) {
        if (signal.aborted) return false
        await wait(left, signal)
      }
      if (signal.aborted) return false
      posted.push(now())
      return true
    },
    rest(milliseconds) {
      restsUntil = Math.max(restsUntil, now() + milliseconds)
    },
  }
}
