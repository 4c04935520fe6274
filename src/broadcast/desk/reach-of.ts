import type { Transaction } from '../../storage/database.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import type { StoredBroadcast } from '../store-rows.ts'

/** How many people a broadcast reaches: as it was frozen, or now. */
export async function reachOf(
  { store }: Pick<BroadcastRoom, 'store'>,
  transaction: Transaction,
  { audience, audienceSize }: Pick<StoredBroadcast, 'audience' | 'audienceSize'>,
): Promise<number> {
  if (audienceSize !== undefined) return audienceSize
  const counts = await store.audience.count(transaction, audience)
  return counts.reduce((sum, { category, count }) => (category === 'reachable' ? sum + count : sum), 0)
}

/** Whether a second person is to look at a broadcast: one that reaches many, or that anybody can read. */
export function needsSecond(
  { settings }: Pick<BroadcastRoom, 'settings'>,
  { posts }: Pick<StoredBroadcast, 'posts'>,
  reach: number,
): boolean {
  return reach > settings.approvalAbove || posts.length > 0
}
