import type { Transaction } from '../../storage/database.ts'
import type { Audience, AudienceCount } from '../audience.ts'
import { broadcastChannels } from '../broadcast-channels.ts'
import type { ChannelPace } from '../broadcast-deps.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'

const samples = 10

/** Whom the audience reaches now, and how long it takes to tell them. */
export async function countAudience(
  { store, paces }: Pick<BroadcastRoom, 'store' | 'paces'>,
  transaction: Transaction,
  audience: Audience,
): Promise<AudienceCount> {
  const counts = await store.audience.count(transaction, audience)
  const known = await paces()
  const total = (of: (count: (typeof counts)[number]) => boolean) =>
    counts.filter(of).reduce((sum, { count }) => sum + count, 0)
  const channels = audience.channels.length > 0 ? audience.channels : broadcastChannels
  return {
    reachable: total(({ category }) => category === 'reachable'),
    channels: broadcastChannels
      .filter((channel) => channels.includes(channel))
      .map((channel) => {
        const reachable = total((count) => count.category === 'reachable' && count.channel === channel)
        return {
          channel,
          reachable,
          ...forecast(
            reachable,
            known.find((pace) => pace.channel === channel),
          ),
        }
      }),
    unreached: {
      opted_out: total(({ category }) => category === 'opted_out'),
      not_subscribed: total(({ category }) => category === 'not_subscribed'),
      no_channel: total(({ category }) => category === 'no_channel'),
      blocked: total(({ category }) => category === 'blocked'),
      never_wrote: total(({ category }) => category === 'never_wrote'),
    },
    samples: await store.audience.samples(transaction, audience, samples),
  }
}

/** How long so many messages take on a channel. */
export function forecast(
  messages: number,
  pace: ChannelPace | undefined,
): { readonly overBudget: number; readonly days: number; readonly seconds: number } {
  if (pace === undefined || messages === 0) return { overBudget: 0, days: 1, seconds: 0 }
  const { perSecond, perDay, usedToday } = pace
  const seconds = perSecond > 0 ? Math.ceil(messages / perSecond) : 0
  if (perDay === undefined) return { overBudget: 0, days: 1, seconds }
  const overBudget = Math.max(0, messages - Math.max(0, perDay - usedToday))
  return { overBudget, days: 1 + Math.ceil(overBudget / Math.max(1, perDay)), seconds }
}
