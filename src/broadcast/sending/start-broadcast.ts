import type { BroadcastRoom } from '../broadcast-room.ts'
import { noteOwnDeed } from '../note-deed.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import { plannedEnd } from './end-of-broadcast.ts'
import { pauseLocked } from './pause-by-itself.ts'

const minuteMs = 60_000
/** A canary is for audiences of more than so many times as many. */
const canaryShare = 3

/** Whether the time of an approved broadcast has come. */
export function isDue({ scheduledAt, state }: StoredBroadcast, now: Date): boolean {
  return state === 'approved' && (scheduledAt === undefined || scheduledAt <= now)
}

/** Lets a broadcast begin whose time has come: 1, or 0 where somebody else did, or cancelled it. To be called outside the quiet hours. */
export async function startBroadcast(room: BroadcastRoom, number: number, now: Date): Promise<number> {
  const { store, voice, settings } = room
  const paces = await room.paces()
  return store.transact(async (transaction) => {
    const broadcast = await store.rows.lock(transaction, number)
    if (broadcast === undefined || !isDue(broadcast, now)) return 0
    const { audience, expiresAt, audienceSize = 0, posts } = broadcast
    // Nothing of one whose time is over goes out: not at the public places either.
    const isLate = expiresAt !== undefined && expiresAt <= now
    const endsAt = expiresAt ?? (await plannedEnd(room, transaction, { number, paces, now }))
    const batchId = await voice.createBatch(transaction, { topics: audience.topics, expiresAt: endsAt })
    const hasCanary = settings.canary > 0 && audienceSize > canaryShare * settings.canary
    await store.rows.move(transaction, number, {
      ...{ state: 'sending', phase: hasCanary ? 'canary' : 'rest', startedAt: now, batchId, endsAt },
      ...(hasCanary ? { canaryUntil: new Date(now.getTime() + settings.canaryMinutes * minuteMs) } : {}),
    })
    if (!isLate) await store.posts.queue(transaction, number, posts)
    if (!isLate) await room.enqueue(transaction, number)
    const details = { audience: audienceSize, canary: hasCanary }
    await noteOwnDeed(room, transaction, { action: 'start', number, details }, now)
    // It may have been approved days ago: an officer decides what becomes of it.
    const withdrawn = await room.withdrawn(transaction, broadcast)
    if (withdrawn.length > 0) await pauseLocked(room, transaction, { number, batchId }, 'withdrawn')
    return 1
  })
}
