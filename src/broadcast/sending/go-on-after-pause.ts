import type { Transaction } from '../../storage/database.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import type { BroadcastMoved } from '../store-broadcasts.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import { settleAlarms } from './staff-alarms.ts'

const minuteMs = 60_000

/**
 * Lets a paused broadcast that is locked go on. The time it was paused does not count for an end that nobody set. What was seen
 * before the pause is known to whoever resumes: only signs that come after it count, and what goes wrong again is told again.
 */
export async function goOnAfterPause(
  room: BroadcastRoom,
  transaction: Transaction,
  broadcast: StoredBroadcast,
  now: Date,
): Promise<void> {
  const { store, voice, settings } = room
  const { number, batchId, phase } = broadcast
  const endsAt = laterEnd(broadcast, now)
  const change: BroadcastMoved = {
    ...{ state: 'sending', pauseReason: null, pausedBy: null, resumedAt: now, stalledAt: null },
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(phase === 'canary'
      ? { canaryUntil: new Date(now.getTime() + settings.canaryMinutes * minuteMs) }
      : {}),
  }
  await store.rows.move(transaction, number, change)
  await settleAlarms(room, transaction, number)
  if (batchId !== undefined && endsAt !== undefined) await voice.prolong(transaction, batchId, endsAt)
  if (batchId !== undefined) await voice.release(transaction, batchId)
  await room.enqueue(transaction, number)
}

function laterEnd({ expiresAt, endsAt, pausedAt }: StoredBroadcast, now: Date): Date | undefined {
  if (expiresAt !== undefined || endsAt === undefined || pausedAt === undefined) return undefined
  return new Date(endsAt.getTime() + Math.max(0, now.getTime() - pausedAt.getTime()))
}
