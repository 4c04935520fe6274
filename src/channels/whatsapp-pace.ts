import { type Forecast, type Purpose, SendError } from './channel.ts'

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
  /** For so many days after it was linked an account has a part of that only, which grows each day. */
  readonly warmUpDays: number
  /** Until when nobody is written to unasked, but for a single notice; undefined outside the quiet hours. Both in milliseconds. */
  readonly quietUntil?: ((now: number) => number | undefined) | undefined
}

/** Slower than a person types, and few messages that nobody asked for: an account that hurries is soon restricted. */
export const carefulPace: PaceSettings = {
  replyGap: { least: 600, most: 1_400 },
  unaskedGap: { least: 30_000, most: 90_000 },
  unaskedADay: 60,
  warmUpDays: 14,
}

export interface PaceDeps {
  readonly settings: PaceSettings
  /** How many messages that nobody asked for were sent since then. */
  readonly countUnasked: (since: Date) => Promise<number>
  /** When the account was linked. */
  readonly linkedAt: () => Promise<Date | undefined>
  /** Until when WhatsApp forbids the account to write first; undefined when it does not. */
  readonly restrictedUntil: () => Date | undefined
  readonly now: () => number
  /** From 0 to 1. */
  readonly random: () => number
  readonly pause: (milliseconds: number) => Promise<void>
}

/** Why something goes out; `post`: at a public place, to nobody in person. */
export type PacedPurpose = Purpose | 'post'

/** Gives each message its turn. */
export interface Pace {
  /**
   * Resolves when the message may go; an answer that must wait says so by `onWait` first. What nobody asked for is never waited
   * for: it rejects with a SendError that says when.
   */
  turn(purpose: PacedPurpose, onWait?: () => void): Promise<void>
}

const dayMs = 86_400_000
/** A notice is single when nothing that nobody asked for went out for so long. */
const aloneMs = 10 * 60_000
/** What waited for the budget of the next day goes out when nobody sleeps any more. */
const morningMs = 7 * 3_600_000
/** Kota Kupang is eight hours before UTC, all year. */
const witaMs = 8 * 3_600_000

/** Makes it. Answers wait a moment for each other; everything else waits for all of them. */
export function createPace(deps: PaceDeps): Pace {
  const { settings, now, random } = deps
  let nextReply = 0
  let nextUnasked = 0
  let lastUnasked = Number.NEGATIVE_INFINITY

  const length = ({ least, most }: Gap) => least + random() * Math.max(0, most - least)
  const later = (until: number) =>
    new SendError('too_fast', { retryAfter: Math.max(1, Math.ceil((until - now()) / 1_000)) })

  function takeReplyTurn(): number {
    const at = Math.max(now(), nextReply)
    nextReply = at + length(settings.replyGap)
    return at - now()
  }

  async function takeUnaskedTurn(purpose: PacedPurpose): Promise<void> {
    const restricted = deps.restrictedUntil()?.getTime() ?? 0
    if (restricted > now()) throw later(restricted)
    const quietUntil = settings.quietUntil?.(now()) ?? 0
    // A single notice, such as an officer's answer, is told whenever it comes; what has queued up waits until morning.
    const isAlone = purpose === 'notice' && now() - lastUnasked > aloneMs
    if (quietUntil > now() && !isAlone) throw later(quietUntil)
    // Answers are waiting: they go first.
    if (nextReply > now() + settings.replyGap.most) throw later(nextReply)
    if (nextUnasked > now()) throw later(nextUnasked)
    // The turn is taken before the count is asked for: of two at once one must wait.
    lastUnasked = now()
    nextUnasked = lastUnasked + length(settings.unaskedGap)
    // The budget is of people who are written to without having asked: a post at a public place is fetched by whoever follows it.
    if (purpose === 'post') return
    const dayStart = dayStartOf(now())
    const [used, linkedAt] = await Promise.all([deps.countUnasked(new Date(dayStart)), deps.linkedAt()])
    if (used >= budgetOn(settings, linkedAt, now())) throw later(morningAfter(dayStart + dayMs))
  }

  function morningAfter(midnight: number): number {
    return settings.quietUntil === undefined
      ? midnight + morningMs
      : (settings.quietUntil(midnight) ?? midnight)
  }

  return {
    async turn(purpose, onWait) {
      if (purpose !== 'reply') return takeUnaskedTurn(purpose)
      const wait = takeReplyTurn()
      if (wait <= 0) return
      onWait?.()
      await deps.pause(wait)
    },
  }
}

/** When the day began in Kota Kupang, in milliseconds. */
function dayStartOf(at: number): number {
  return Math.floor((at + witaMs) / dayMs) * dayMs - witaMs
}

/** The part of its budget that an account has on the day it was linked. */
const firstShare = 1 / 6

/**
 * How many messages that nobody asked for an account may send on this day of Kota Kupang: a new number that writes to many is
 * taken for a spammer's. Of an account that nobody knows the age of, it is as of a new one.
 */
export function budgetOn(
  { unaskedADay, warmUpDays }: Pick<PaceSettings, 'unaskedADay' | 'warmUpDays'>,
  linkedAt: Date | undefined,
  now: number,
): number {
  const days = linkedAt === undefined ? 0 : (dayStartOf(now) - dayStartOf(linkedAt.getTime())) / dayMs
  const grown = warmUpDays === 0 ? 1 : Math.min(1, Math.max(0, days) / warmUpDays)
  const share = Math.round(unaskedADay * (firstShare + (1 - firstShare) * grown))
  return Math.max(share, Math.min(1, unaskedADay))
}

/** What an account may send unasked, for whoever plans to: by any process that knows its settings and counts. */
export async function whatsAppForecast(deps: {
  readonly settings: Pick<PaceSettings, 'unaskedGap' | 'unaskedADay' | 'warmUpDays'>
  readonly countUnasked: PaceDeps['countUnasked']
  readonly linkedAt: PaceDeps['linkedAt']
  readonly now: number
}): Promise<Forecast> {
  const { settings, now } = deps
  const { least, most } = settings.unaskedGap
  const [usedToday, linkedAt] = await Promise.all([
    deps.countUnasked(new Date(dayStartOf(now))),
    deps.linkedAt(),
  ])
  return {
    perSecond: 1_000 / Math.max(1, (least + most) / 2),
    perDay: budgetOn(settings, linkedAt, now),
    usedToday,
  }
}
