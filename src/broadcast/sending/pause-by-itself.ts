import type { PauseReason } from '../broadcast.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import { noteOwnDeed } from '../note-deed.ts'
import { pausedAlarm } from './staff-alarms.ts'

/** Pauses a broadcast that is being sent, and tells staff: 1, or 0 where it is no longer. */
export async function pauseByItself(
  room: BroadcastRoom,
  number: number,
  reason: PauseReason,
): Promise<number> {
  const { store, voice, alarms, now } = room
  const at = now()
  return store.transact(async (transaction) => {
    const broadcast = await store.rows.lock(transaction, number)
    if (broadcast?.state !== 'sending') return 0
    const paused = { pausedAt: at, pauseReason: reason, pausedBy: null }
    await store.rows.move(transaction, number, { state: 'paused', ...paused })
    if (broadcast.batchId !== undefined) await voice.hold(transaction, broadcast.batchId)
    await noteOwnDeed(room, transaction, { action: 'pause', number, details: { reason } }, at)
    await alarms.raise(transaction, pausedAlarm, String(number), { number: String(number), reason })
    return 1
  })
}
