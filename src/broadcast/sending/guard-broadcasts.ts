import type { BroadcastChannel } from '../broadcast-channels.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import { pauseByItself } from './pause-by-itself.ts'
import { badSign } from './signs.ts'

/** Looks at the signs of broadcasts while their messages are being sent; how many it paused. */
export type GuardBroadcasts = (batchIds: readonly bigint[]) => Promise<number>

/** Pauses what is still to go out on a channel whose platform warned; how many. */
export type WarnBroadcasts = (channel: BroadcastChannel) => Promise<number>

/** The signs of one batch are not looked at more often than this. */
const patienceMs = 3_000

/** Makes the function. Messages are settled many times a second: most calls look at nothing. */
export function createGuardBroadcasts(room: BroadcastRoom): GuardBroadcasts {
  const { store, now } = room
  const looked = new Map<bigint, number>()
  return async (batchIds) => {
    const moment = now().getTime()
    const due = batchIds.filter((id) => Math.abs(moment - (looked.get(id) ?? 0)) >= patienceMs)
    if (due.length === 0) return 0
    for (const id of due) looked.set(id, moment)
    const found = await store.transact((transaction) => store.rows.sendingOf(transaction, due))
    let paused = 0
    for (const broadcast of found) paused += await guardBroadcast(room, broadcast)
    return paused
  }
}

/** Pauses a broadcast whose signs are bad: 1, or 0. */
export async function guardBroadcast(
  room: BroadcastRoom,
  { number, pausedAt, phase }: StoredBroadcast,
  isCanaryOver = false,
): Promise<number> {
  const { store, settings, now } = room
  // Whoever resumed it has seen what came before.
  const signs = await store.transact((transaction) =>
    store.figures.signs(transaction, number, pausedAt, now()),
  )
  const reason = badSign(signs, settings, isCanaryOver && phase === 'canary')
  return reason === undefined ? 0 : pauseByItself(room, number, reason)
}

/** Makes the function. */
export function createWarnBroadcasts(room: BroadcastRoom): WarnBroadcasts {
  const { store } = room
  return async (channel) => {
    const sending = await store.transact(async (transaction) => {
      const found = await store.rows.inState(transaction, ['sending'])
      const left: number[] = []
      for (const { number } of found) {
        if (await store.recipients.hasLeft(transaction, number, channel)) left.push(number)
      }
      return left
    })
    let paused = 0
    for (const number of sending) paused += await pauseByItself(room, number, 'channel_warning')
    return paused
  }
}
