import type { Purpose } from '../../../src/channels/channel.ts'
import { createTelegramPace, type TelegramPace } from '../../../src/channels/telegram-pace.ts'
import { createRateLimit, type SendLimits } from './rate-limit.ts'

/** A call that was answered 429. */
class Refused extends Error {
  override readonly name = 'Refused'
  readonly retryAfter: number

  constructor(retryAfter: number) {
    super('429')
    this.retryAfter = retryAfter
  }
}

/** How the way to the server is, in milliseconds. */
export interface Way {
  /** How long a call is under way, and how long its answer. */
  readonly there: () => number
  readonly back: () => number
  /** How late timers are. */
  readonly late: () => number
}

/** A pace at a clock that jumps from one event to the next, and a server that counts what arrives as strictly as ours does. */
export interface PaceWorld {
  readonly pace: TelegramPace
  now(): number
  /** Sends one message; resolves when it is answered. */
  send(chat: number, purpose: Purpose, options?: { readonly isBegun?: boolean }): Promise<void>
  /** What arrived and was taken, by its chat, and when. */
  readonly arrived: readonly { readonly chat: number; readonly purpose: Purpose; readonly at: number }[]
  refused(): number
  /** The next `times` calls are answered 429 with so many seconds. */
  refuseNext(seconds: number, times?: number): void
  /** Never answers the next call. */
  hangNext(): void
  /** Lets time pass until then; what is due by then has happened. */
  runUntil(at: number): Promise<void>
}

/** Makes it; the clock begins at 0. */
export function createPaceWorld(limits: SendLimits, way: Partial<Way> = {}): PaceWorld {
  const { there = () => 1, back = () => 1, late = () => 0 } = way
  const due: { at: number; wake: () => void }[] = []
  const arrived: { chat: number; purpose: Purpose; at: number }[] = []
  let clock = 0
  let refusals = 0
  let refuseNext: { seconds: number; times: number } | undefined
  let hangs = false
  const takeTurn = createRateLimit(limits, () => clock)

  const sleep = (milliseconds: number) =>
    new Promise<void>((wake) => void due.push({ at: clock + milliseconds, wake }))

  const pace = createTelegramPace({
    perSecond: limits.overall,
    now: () => clock,
    pause: (milliseconds, signal) =>
      new Promise((resolve) => {
        due.push({ at: clock + milliseconds + late(), wake: resolve })
        signal.addEventListener('abort', () => resolve())
      }),
    retryAfterOf: (error) => (error instanceof Refused ? error.retryAfter : undefined),
  })

  async function call(chat: number, purpose: Purpose): Promise<void> {
    if (hangs) {
      hangs = false
      await new Promise(() => undefined)
    }
    await sleep(there())
    const wait = refuseNext?.seconds ?? takeTurn(chat)
    if (refuseNext !== undefined) {
      refuseNext.times -= 1
      if (refuseNext.times <= 0) refuseNext = undefined
    }
    if (wait === undefined) arrived.push({ chat, purpose, at: clock })
    else refusals += 1
    await sleep(back())
    if (wait !== undefined) throw new Refused(wait)
  }

  return {
    pace,
    now: () => clock,
    arrived,
    refused: () => refusals,
    send: (chat, purpose, { isBegun = false } = {}) =>
      pace.run({ chat, purpose, isBegun }, () => call(chat, purpose)),
    refuseNext(seconds, times = 1) {
      refuseNext = { seconds, times }
    },
    hangNext() {
      hangs = true
    },
    async runUntil(end) {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve))
        const next = due.toSorted((one, other) => one.at - other.at)[0]
        if (next === undefined || next.at > end) break
        due.splice(due.indexOf(next), 1)
        clock = Math.max(clock, next.at)
        next.wake()
      }
      clock = Math.max(clock, end)
    },
  }
}
