import type { Transaction } from '../../storage/database.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'

/** The kinds of the alarms that tell staff of one broadcast. */
export const pausedAlarm = 'broadcast_paused'
export const stalledAlarm = 'broadcast_stalled'

/** What staff were told of a broadcast is over: what they are told next is news again. */
export async function settleAlarms(
  { alarms }: Pick<BroadcastRoom, 'alarms'>,
  transaction: Transaction,
  number: number,
): Promise<void> {
  for (const kind of [pausedAlarm, stalledAlarm]) await alarms.settle(transaction, kind, String(number))
}
