import { type Purpose, SendError } from './channel.ts'

/** A gap of a random length between two messages, in milliseconds. */
export interface Gap {
  readonly least: number
  readonly most: number
}

/** How careful an account is. */
export interface PaceSettings {
  /** Between two answers, whoever they go to. */
  readonly replyGap: Gap
  /** Between two messages that nobody asked for. */
  readonly unaskedGap: Gap
  /** Messages that nobody asked for, in a day of Kota Kupang. */
  readonly unaskedADay: number
}

/** Slower than a person types, and few messages that nobody asked for: an account that hurries is soon restricted. */
export const carefulPace: PaceSettings = {
  replyGap: { least: 600, most: 1_400 },
  unaskedGap: { least: 30_000, most: 90_000 },
  unaskedADay: 60,
}

export interface PaceDeps {
  readonly settings: PaceSettings
  /** How many messages that nobody asked for were sent since then. */
  readonly countUnasked: (since: Date) => Promise<number>
  /** Until when WhatsApp forbids the account to write first; undefined when it does not. */
  readonly restrictedUntil: () => Date | undefined
  readonly now: () => number
  /** From 0 to 1. */
  readonly random: () => number
  readonly pause: (milliseconds: number) => Promise<void>
}

/** Gives each message its turn. */
export interface Pace {
  /**
   * Resolves when the message may go; an answer that must wait says so by `onWait` first. What nobody asked for is never waited
   * for: it rejects with a SendError that says when.
   */
  turn(purpose: Purpose, onWait?: () => void): Promise<void>
}

const dayMs = 86_400_000
/** What waited for the budget of the next day goes out when nobody sleeps any more. */
const morningMs = 7 * 3_600_000
/** Kota Kupang is eight hours before UTC, all year. */
const witaMs = 8 * 3_600_000

/** Makes it. Answers wait a moment for each other; everything else waits for all of them. */
export function createPace(deps: PaceDeps): Pace {
  const { settings, now, random } = deps
  let nextReply = 0
  let nextUnasked = 0

  const length = ({ least, most }: Gap) => least + random() * Math.max(0, most - least)
  const later = (until: number) =>
    new SendError('too_fast', { retryAfter: Math.max(1, Math.ceil((until - now()) / 1_000)) })

  function takeReplyTurn(): number {
    const at = Math.max(now(), nextReply)
    nextReply = at + length(settings.replyGap)
    return at - now()
  }

  async function takeUnaskedTurn(): Promise<void> {
    const restricted = deps.restrictedUntil()?.getTime() ?? 0
    if (restricted > now()) throw later(restricted)
    // Answers are waiting: they go first.
    if (nextReply > now() + settings.replyGap.most) throw later(nextReply)
    if (nextUnasked > now()) throw later(nextUnasked)
    // The turn is taken before the count is asked for: of two at once one must wait.
    nextUnasked = now() + length(settings.unaskedGap)
    const dayStart = Math.floor((now() + witaMs) / dayMs) * dayMs - witaMs
    if ((await deps.countUnasked(new Date(dayStart))) >= settings.unaskedADay)
      throw later(dayStart + dayMs + morningMs)
  }

  return {
    async turn(purpose, onWait) {
      if (purpose !== 'reply') return takeUnaskedTurn()
      const wait = takeReplyTurn()
      if (wait <= 0) return
      onWait?.()
      await deps.pause(wait)
    },
  }
}
