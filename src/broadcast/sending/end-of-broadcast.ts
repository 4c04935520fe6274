import type { QuietHours } from '../../language/quiet-hours.ts'
import type { Transaction } from '../../storage/database.ts'
import { forecast } from '../audience/count-audience.ts'
import type { ChannelPace } from '../broadcast-deps.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import type { StoredBroadcast } from '../store-rows.ts'

const dayMs = 86_400_000
const hourSeconds = 3_600
/** What the forecast did not see, such as a day without a connection. */
const spareDays = 3

/**
 * Whether the time of a broadcast is over. An end that nobody set waits while it is paused: the pause is made up for when it goes on.
 */
export function isOver(
  { state, expiresAt, endsAt }: Pick<StoredBroadcast, 'state' | 'expiresAt' | 'endsAt'>,
  now: Date,
): boolean {
  const end = state === 'paused' ? expiresAt : (endsAt ?? expiresAt)
  return end !== undefined && end <= now
}

/**
 * When what is left of a broadcast that begins now, and that has no end of its own, is given up: some days after the forecast, with
 * all that is before it on the same channels.
 */
export async function plannedEnd(
  { store, words }: Pick<BroadcastRoom, 'store' | 'words'>,
  transaction: Transaction,
  {
    number,
    paces,
    now,
  }: { readonly number: number; readonly paces: readonly ChannelPace[]; readonly now: Date },
): Promise<Date> {
  const left = await store.left.on(transaction, number)
  const secondsADay = awakeHours(words().quiet_hours) * hourSeconds
  const days = [...left].map(([channel, count]) => {
    const found = forecast(
      count,
      paces.find((pace) => pace.channel === channel),
    )
    return Math.max(found.days, Math.ceil(found.seconds / secondsADay))
  })
  return new Date(now.getTime() + (Math.max(0, ...days.map((count) => count - 1)) + spareDays) * dayMs)
}

/** How many hours a day broadcasts may go out in. */
function awakeHours({ from, to }: QuietHours): number {
  return 24 - ((to - from + 24) % 24)
}
