import { type Forecast, type Purpose, SendError } from './channel.ts'
import { createChatTimes, createWindow, secondMs } from './telegram-pace-window.ts'

/** What the pace of a bot is made of. */
export interface TelegramPaceDeps {
  /** Sends in a second, in all. */
  readonly perSecond: number
  /** Milliseconds of a clock that is never set back. */
  readonly now: () => number
  /** Resolves after so many milliseconds, or once `signal` is aborted. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Seconds that Telegram asked to wait, where the failure of a call says so. */
  readonly retryAfterOf: (error: unknown) => number | undefined
}

/** One call that sends. */
export interface Turn {
  readonly chat: number | string
  readonly purpose: Purpose
  /** Whether a part of the same message went out already: it is waited for longer, since it would be neither sent nor unsent. */
  readonly isBegun: boolean
}

/** Gives each call that sends its turn: answers first, then notices, then broadcasts. */
export interface TelegramPace {
  /** Makes the call when its turn has come. Rejects as the call does, or with a SendError before it was made. */
  run<T>(turn: Turn, call: () => Promise<T>): Promise<T>
  /** From now on nobody waits: what cannot go at once is refused. */
  stop(): void
  resume(): void
}

interface Waiting extends Turn {
  readonly start: () => void
  readonly refuse: (error: SendError) => void
}

/** How long a call waits for Telegram's leave: whoever must wait longer is told so instead. */
const patienceMs = { begun: 60_000, other: 5_000 } as const
/** What unasked sends may catch up of time that timers lost, in milliseconds. */
const leastSlackMs = 25

/**
 * Makes it. Telegram counts a bot's messages over a second and answers 429 to one too many. Nobody here knows when a call
 * arrives there, but it is not before it began and not after it was answered: a call begins only while fewer than `perSecond`
 * others are under way or were answered within the last second, so that no second has one too many, wherever it is counted.
 * What nobody asked for is spread evenly as well: an answer finds the next place soon.
 */
export function createTelegramPace({ perSecond, now, pause, retryAfterOf }: TelegramPaceDeps): TelegramPace {
  const waiting: Record<Purpose, Waiting[]> = { reply: [], notice: [], broadcast: [] }
  const window = createWindow(perSecond)
  const chats = createChatTimes()
  const spacing = secondMs / perSecond
  const slack = Math.max(spacing, leastSlackMs)
  let nextUnasked = Number.NEGATIVE_INFINITY
  let heldUntil = Number.NEGATIVE_INFINITY
  let wakeAt = Number.POSITIVE_INFINITY
  let isStopped = false
  let sleep = new AbortController()

  /** Takes whose turn it is out of the line. */
  function choose(at: number): Waiting | undefined {
    const answer = waiting.reply.shift()
    if (answer !== undefined || nextUnasked > at) return answer
    for (const line of [waiting.notice, waiting.broadcast]) {
      const index = line.findIndex(({ chat }) => chats.freeAt(chat) <= at)
      if (index >= 0) return line.splice(index, 1)[0]
    }
    return undefined
  }

  function begin({ chat, purpose, start }: Waiting, at: number): void {
    window.begin()
    chats.begin(chat)
    // A timer is always late: by the clock, not by the last send, or each would be a little later than the one before.
    if (purpose !== 'reply') nextUnasked = Math.max(nextUnasked, at - slack) + spacing
    start()
  }

  function refuse(isMeant: (turn: Waiting) => boolean, error: () => SendError): void {
    for (const purpose of ['reply', 'notice', 'broadcast'] as const) {
      const refused = waiting[purpose].filter(isMeant)
      if (refused.length === 0) continue
      waiting[purpose] = waiting[purpose].filter((turn) => !refused.includes(turn))
      for (const turn of refused) turn.refuse(error())
    }
  }

  function pump(): void {
    const at = now()
    if (heldUntil - at > patienceMs.other) {
      const retryAfter = Math.ceil((heldUntil - at) / 1_000)
      refuse(
        ({ isBegun }) => heldUntil - at > (isBegun ? patienceMs.begun : patienceMs.other),
        () => new SendError('too_fast', { retryAfter }),
      )
    }
    while (heldUntil <= at && window.roomAt(at) <= at) {
      const next = choose(at)
      if (next === undefined) break
      begin(next, at)
    }
    if (isStopped) {
      refuse(
        ({ isBegun }) => !isBegun,
        () => new SendError('unavailable'),
      )
    }
    wakeWhenDue(at)
  }

  /** When the next may go; never, where nobody waits or the answer to a call must come first. */
  function dueAt(at: number): number {
    const roomAt = Math.max(heldUntil, window.roomAt(at))
    if (waiting.reply.length > 0) return roomAt
    let chatAt = Number.POSITIVE_INFINITY
    for (const line of [waiting.notice, waiting.broadcast])
      for (const { chat } of line) chatAt = Math.min(chatAt, chats.freeAt(chat))
    return Math.max(roomAt, nextUnasked, chatAt)
  }

  function wakeWhenDue(at: number): void {
    const due = dueAt(at)
    if (due >= wakeAt || due === Number.POSITIVE_INFINITY) return
    wakeAt = due
    void pause(Math.max(1, Math.ceil(due - at)), sleep.signal).then(() => {
      if (wakeAt === due) wakeAt = Number.POSITIVE_INFINITY
      pump()
    })
  }

  function takeTurn(turn: Turn): Promise<void> {
    return new Promise((resolve, reject) => {
      waiting[turn.purpose].push({ ...turn, start: resolve, refuse: reject })
      pump()
    })
  }

  return {
    async run(turn, call) {
      await takeTurn(turn)
      try {
        return await call()
      } catch (error) {
        const seconds = retryAfterOf(error)
        if (seconds !== undefined) heldUntil = Math.max(heldUntil, now() + seconds * 1_000)
        throw error
      } finally {
        window.end(now())
        chats.end(turn.chat, now())
        pump()
      }
    },
    stop() {
      isStopped = true
      wakeAt = Number.POSITIVE_INFINITY
      sleep.abort()
      sleep = new AbortController()
      pump()
    },
    resume() {
      isStopped = false
    },
  }
}

/** What Telegram allows a bot: it counts seconds, not days. */
export function telegramForecast(perSecond: number): Forecast {
  return { perSecond, perDay: undefined, usedToday: 0 }
}

/** How many broadcasts are under way at once: an eighth of a second's, so that a word to stop is heard in time. */
export function broadcastsAtOnce(perSecond: number): number {
  return Math.min(128, Math.max(2, Math.round(perSecond / 8)))
}
