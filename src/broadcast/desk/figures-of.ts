import type { Transaction } from '../../storage/database.ts'
import type { Figures } from '../broadcast.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import type { StoredBroadcast } from '../store-rows.ts'

const dayMs = 86_400_000
/** As long as people may still answer, and messages arrive. */
const liveDays = 14

/**
 * The figures of broadcasts that were approved. Of those that are over they are as they were noted last; `live`: counted anew, while
 * they may still change.
 */
export function createFiguresOf({ store, now }: Pick<BroadcastRoom, 'store' | 'now'>) {
  return async (
    transaction: Transaction,
    broadcasts: readonly StoredBroadcast[],
    how: 'noted' | 'live' = 'noted',
  ): Promise<ReadonlyMap<number, Figures>> => {
    const moment = now()
    const liveSince = new Date(moment.getTime() - liveDays * dayMs)
    const isNoted = ({ figures, endedAt }: StoredBroadcast) =>
      figures !== undefined && endedAt !== undefined && (how === 'noted' || endedAt < liveSince)
    const approved = broadcasts.filter(({ audienceSize }) => audienceSize !== undefined)
    const numbers = approved.filter((broadcast) => !isNoted(broadcast)).map(({ number }) => number)
    const counted = await store.figures.of(transaction, numbers, moment)
    const noted = approved
      .filter(isNoted)
      .flatMap(({ number, figures }) => (figures === undefined ? [] : [[number, figures] as const]))
    return new Map([...counted, ...noted])
  }
}
