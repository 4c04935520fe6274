import type { Transaction } from '../../storage/database.ts'
import type { PauseReason } from '../broadcast.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import { noteOwnDeed } from '../note-deed.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import { pausedAlarm } from './staff-alarms.ts'

/** Pauses a broadcast that is being sent, and tells staff: 1, or 0 where it is no longer. */
export async function pauseByItself(
  room: BroadcastRoom,
  number: number,
  reason: PauseReason,
): Promise<number> {
  const { store } = room
  return store.transact(async (transaction) => {
    const broadcast = await store.rows.lock(transaction, number)
    if (broadcast?.state !== 'sending') return 0
    await pauseLocked(room, transaction, broadcast, reason)
    return 1
  })
}

/** Pauses one that is locked, and tells staff. */
export async function pauseLocked(
  room: BroadcastRoom,
  transaction: Transaction,
  { number, batchId }: Pick<StoredBroadcast, 'number' | 'batchId'>,
  reason: PauseReason,
): Promise<void> {
  const { store, voice, alarms, now } = room
  const at = now()
  const paused = { pausedAt: at, pauseReason: reason, pausedBy: null }
  await store.rows.move(transaction, number, { state: 'paused', ...paused })
  if (batchId !== undefined) await voice.hold(transaction, batchId)
  await noteOwnDeed(room, transaction, { action: 'pause', number, details: { reason } }, at)
  await alarms.raise(transaction, pausedAlarm, String(number), { number: String(number), reason })
}
