import { createAttempts } from '../../attempts.ts'
import { isQuiet } from '../../language/quiet-hours.ts'
import type { Figures } from '../broadcast.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import { noteOwnDeed } from '../note-deed.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import { isOver } from './end-of-broadcast.ts'
import { finishBroadcast } from './finish-broadcast.ts'
import { guardBroadcast } from './guard-broadcasts.ts'
import { pauseByItself } from './pause-by-itself.ts'
import { isDue, startBroadcast } from './start-broadcast.ts'
import { watchStalled } from './watch-stalled.ts'

/** Does with broadcasts what is due by time; how many things it did. Due each minute, and when the program starts. */
export type TendBroadcasts = (now: Date) => Promise<number>

/** Makes the use case. */
export function createTendBroadcasts(room: BroadcastRoom): TendBroadcasts {
  const { store, words } = room
  return async (now) => {
    // One that cannot be tended is no reason to leave the others.
    const { attempt, finish } = createAttempts()
    const night = isQuiet(now, words().quiet_hours)
    const { open, figures, uncounted } = await store.transact(async (transaction) => {
      const found = await store.rows.inState(transaction, ['sending', 'paused', 'approved'])
      const numbers = found.filter(({ state }) => state === 'sending').map(({ number }) => number)
      const counted = await store.figures.of(transaction, numbers, now)
      return { open: found, figures: counted, uncounted: await store.rows.uncounted(transaction) }
    })
    for (const broadcast of open) {
      const { number, state } = broadcast
      if (state === 'approved' && !night && isDue(broadcast, now)) {
        await attempt(() => startBroadcast(room, number, now))
      }
      if (state === 'sending') await attempt(() => tendSending(room, broadcast, figures.get(number), now))
      if (state === 'paused' && isOver(broadcast, now)) {
        await attempt(() => finishBroadcast(room, number, now))
      }
    }
    for (const { number } of uncounted) await attempt(() => countCancelled(room, number, now))
    return finish()
  }
}

async function tendSending(
  room: BroadcastRoom,
  broadcast: StoredBroadcast,
  figures: Figures | undefined,
  now: Date,
): Promise<number> {
  const { number, phase, canaryUntil } = broadcast
  if (figures === undefined) return 0
  const made = figures.audience - figures.waiting
  const isCanaryMade = phase === 'canary' && made >= room.settings.canary
  const isCanaryOver =
    isCanaryMade &&
    figures.queued === 0 &&
    canaryUntil !== undefined &&
    canaryUntil <= now &&
    (await haveSignsHadTime(room, number, now))
  if ((await guardBroadcast(room, broadcast, isCanaryOver)) > 0) return 1
  if (await isWithdrawn(room, broadcast)) return pauseByItself(room, number, 'withdrawn')
  if (isOver(broadcast, now) || figures.waiting + figures.queued === 0) {
    const finished = await finishBroadcast(room, number, now)
    if (finished > 0) return finished
  }
  if (isCanaryOver) return sendRest(room, number, now)
  // Where the work on it was lost, another takes it up.
  const isUnmade = figures.waiting > 0 && !isCanaryMade
  if (isUnmade) await room.store.transact((transaction) => room.enqueue(transaction, number))
  return watchStalled(room, broadcast, isCanaryMade ? 'made' : 'all', now)
}

/** Whether it tells of something that nobody may be shown any more. */
async function isWithdrawn(
  { store, withdrawn }: BroadcastRoom,
  broadcast: StoredBroadcast,
): Promise<boolean> {
  const names = await store.transact((transaction) => withdrawn(transaction, broadcast))
  return names.length > 0
}

/** What was under way when it was cancelled comes to its end; what was given back goes out no more. */
async function countCancelled(room: BroadcastRoom, number: number, now: Date): Promise<number> {
  const { store, voice } = room
  return store.transact(async (transaction) => {
    const broadcast = await store.rows.lock(transaction, number)
    if (broadcast?.state !== 'cancelled') return 0
    if (broadcast.batchId !== undefined) await voice.drop(transaction, broadcast.batchId, 'cancelled')
    const figures = (await store.figures.of(transaction, [number], now)).get(number)
    if (figures === undefined || figures.queued > 0) return 0
    await store.rows.move(transaction, number, { figures })
    return 1
  })
}

/** Whether whoever was told last of the first few had time to stop or complain: on a slow channel that is later than it began. */
async function haveSignsHadTime(
  { store, settings }: BroadcastRoom,
  number: number,
  now: Date,
): Promise<boolean> {
  const last = await store.transact((transaction) => store.figures.lastSettled(transaction, number))
  return last === undefined || now.getTime() - last.getTime() >= settings.canaryMinutes * minuteMs
}

const minuteMs = 60_000

/** The signs of the first few are good: all others are told. */
async function sendRest(room: BroadcastRoom, number: number, now: Date): Promise<number> {
  const { store } = room
  return store.transact(async (transaction) => {
    const broadcast = await store.rows.lock(transaction, number)
    if (broadcast?.state !== 'sending' || broadcast.phase !== 'canary') return 0
    await store.rows.move(transaction, number, { phase: 'rest' })
    await room.enqueue(transaction, number)
    await noteOwnDeed(room, transaction, { action: 'go_on', number }, now)
    return 1
  })
}
