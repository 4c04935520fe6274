import type { Transaction } from '../../storage/database.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import { noteOwnDeed } from '../note-deed.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import { isOver } from './end-of-broadcast.ts'
import { settleAlarms } from './staff-alarms.ts'

/** Ends a broadcast of which nothing is left to send, or whose time is over: 1, or 0 while something is left. */
export async function finishBroadcast(room: BroadcastRoom, number: number, now: Date): Promise<number> {
  const { store } = room
  return store.transact(async (transaction) => {
    const broadcast = await store.rows.lock(transaction, number)
    if (broadcast?.state !== 'sending' && broadcast?.state !== 'paused') return 0
    await expire(room, transaction, broadcast, now)
    await store.posts.giveUp(transaction, number, room.postChannels, now)
    const figures = (await store.figures.of(transaction, [number], now)).get(number)
    const posts = await store.posts.of(transaction, number)
    const isLeft =
      figures === undefined ||
      figures.waiting + figures.queued > 0 ||
      posts.some(({ settledAt }) => settledAt === undefined)
    if (isLeft) return 0
    await store.rows.move(transaction, number, { state: 'finished', endedAt: now, figures })
    await settleAlarms(room, transaction, number)
    const { sent, failed, suppressed, unknown } = figures
    const details = { sent, failed, suppressed, unknown }
    await noteOwnDeed(room, transaction, { action: 'finish', number, details }, now)
    return 1
  })
}

/** What has not gone out by then does not go out. */
async function expire(
  { store, voice }: BroadcastRoom,
  transaction: Transaction,
  broadcast: StoredBroadcast,
  now: Date,
): Promise<void> {
  const { number, batchId } = broadcast
  if (!isOver(broadcast, now)) return
  await store.recipients.leaveWaiting(transaction, number, 'expired')
  if (batchId !== undefined) await voice.drop(transaction, batchId, 'expired')
  await store.posts.drop(transaction, number)
}
