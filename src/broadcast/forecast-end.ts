import { afterQuiet, atHour, type QuietHours } from '../language/quiet-hours.ts'
import type { AudienceCount } from './audience.ts'
import type { BroadcastPlan } from './broadcast.ts'

/** When a broadcast is likely to be over. */
export interface EndForecast {
  /** Days on which something is sent. */
  readonly days: number
  /** What has not left by then does not leave: as written, or some days after the forecast. */
  readonly end: Date
  /** Whether that comes before the last are told. */
  readonly isShort: boolean
  /** An end that leaves time for all of them. */
  readonly proposed: Date
}

const dayMs = 86_400_000
const daySeconds = 86_400
/** What is given besides where no end is written: see src/broadcast/sending/end-of-broadcast.ts. */
const spareDays = 3

/** Looks ahead, by how long the slowest channel takes outside the quiet hours. */
export function forecastEnd(
  { scheduledAt, expiresAt }: Pick<BroadcastPlan, 'scheduledAt' | 'expiresAt'>,
  channels: AudienceCount['channels'],
  { now, quiet }: { readonly now: Date; readonly quiet: QuietHours },
): EndForecast {
  const begins = afterQuiet(scheduledAt !== undefined && scheduledAt > now ? scheduledAt : now, quiet)
  const days = Math.max(1, ...channels.map((channel) => daysOf(channel, quiet)))
  const seconds = Math.max(0, ...channels.map((channel) => channel.seconds))
  const last =
    days === 1 ? new Date(begins.getTime() + seconds * 1_000) : atHour(begins, quiet.from, days - 1)
  const end = expiresAt ?? new Date(begins.getTime() + (days - 1 + spareDays) * dayMs)
  return { days, end, isShort: end < last, proposed: atHour(begins, quiet.from, days) }
}

function daysOf(
  { reachable, days, seconds }: AudienceCount['channels'][number],
  { from, to }: QuietHours,
): number {
  if (reachable === 0) return 1
  const quietHours = (to - from + 24) % 24
  return Math.max(days, Math.ceil(seconds / (daySeconds - quietHours * 3_600)))
}
