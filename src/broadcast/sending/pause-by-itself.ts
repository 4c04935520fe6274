import type { PauseReason } from '../broadcast.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import { noteOwnDeed } from '../note-deed.ts'

/** The kind of the alarm that tells staff of it. */
const pausedAlarm = 'broadcast_paused'

/** Pauses a broadcast that is being sent, and tells staff: 1, or 0 where it is no longer. */
export async function pauseByItself(
  room: BroadcastRoom,
  number: number,
  reason: PauseReason,
): Promise<number> {
  const { store, voice, now } = room
  const at = now()
  const isPaused = await store.transact(async (transaction) => {
    const broadcast = await store.rows.lock(transaction, number)
    if (broadcast?.state !== 'sending') return false
    const paused = { pausedAt: at, pauseReason: reason, pausedBy: null }
    await store.rows.move(transaction, number, { state: 'paused', ...paused })
    if (broadcast.batchId !== undefined) await voice.hold(transaction, broadcast.batchId)
    await noteOwnDeed(room, transaction, { action: 'pause', number, details: { reason } }, at)
    return true
  })
  if (!isPaused) return 0
  await room.alarm(pausedAlarm, String(number), { number: String(number), reason })
  return 1
}
