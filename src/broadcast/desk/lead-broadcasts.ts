import { may, type Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import type { BroadcastState } from '../broadcast.ts'
import type { BroadcastDesk, BroadcastRefusal } from '../broadcast-desk.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import { noteDeed } from '../note-deed.ts'
import { goOnAfterPause } from '../sending/go-on-after-pause.ts'
import { settleAlarms } from '../sending/staff-alarms.ts'
import type { StoredBroadcast } from '../store-rows.ts'

/** What officers do with broadcasts that leave. */
export function createLeading(
  room: BroadcastRoom,
): Pick<BroadcastDesk, 'pause' | 'resume' | 'goOn' | 'cancel'> {
  return {
    pause: createStep(room, ['sending'], pause),
    resume: createStep(room, ['paused'], resume),
    goOn: createStep(room, ['sending'], goOn),
    cancel: createStep(room, ['approved', 'sending', 'paused'], cancel),
  }
}

type Step<Result> = (
  room: BroadcastRoom,
  transaction: Transaction,
  viewer: Officer,
  broadcast: StoredBroadcast,
) => Promise<Result>

/** One step in the life of a broadcast, in a transaction that holds its row. */
function createStep<Result>(room: BroadcastRoom, states: readonly BroadcastState[], step: Step<Result>) {
  const { store } = room
  return async (viewer: Officer, number: number): Promise<Result | BroadcastRefusal> => {
    if (!may(viewer, 'broadcasts')) return { type: 'not_allowed' }
    return store.transact(async (transaction): Promise<Result | BroadcastRefusal> => {
      const broadcast = await store.rows.lock(transaction, number)
      if (broadcast === undefined) return { type: 'unknown' }
      const { state } = broadcast
      return states.includes(state) ? step(room, transaction, viewer, broadcast) : { type: 'state', state }
    })
  }
}

const done = { type: 'done' } as const
type Done = typeof done

const pause: Step<Done> = async (room, transaction, viewer, { number, batchId }) => {
  const paused = { pausedAt: room.now(), pauseReason: null, pausedBy: viewer.name } as const
  await room.store.rows.move(transaction, number, { state: 'paused', ...paused })
  if (batchId !== undefined) await room.voice.hold(transaction, batchId)
  await noteDeed(room, transaction, viewer, { action: 'pause', number })
  return done
}

const resume: Step<Done> = async (room, transaction, viewer, broadcast) => {
  await goOnAfterPause(room, transaction, broadcast, room.now())
  await noteDeed(room, transaction, viewer, { action: 'resume', number: broadcast.number })
  return done
}

const goOn: Step<Done | BroadcastRefusal> = async (room, transaction, viewer, { number, phase, state }) => {
  if (phase !== 'canary') return { type: 'state', state }
  await room.store.rows.move(transaction, number, { phase: 'rest' })
  await room.enqueue(transaction, number)
  await noteDeed(room, transaction, viewer, { action: 'go_on', number })
  return done
}

const cancel: Step<Done & { readonly dropped: number }> = async (room, transaction, viewer, broadcast) => {
  const { store, voice } = room
  const { number, batchId } = broadcast
  const now = room.now()
  const waiting = await store.recipients.leaveWaiting(transaction, number, 'cancelled')
  const queued = batchId === undefined ? 0 : await voice.drop(transaction, batchId, 'cancelled')
  await store.posts.drop(transaction, number)
  const figures = (await store.figures.of(transaction, [number], now)).get(number)
  await store.rows.move(transaction, number, {
    ...{ state: 'cancelled', endedAt: now, endedBy: viewer.name },
    ...(figures === undefined ? {} : { figures }),
  })
  await settleAlarms(room, transaction, number)
  const dropped = waiting + queued
  await noteDeed(room, transaction, viewer, { action: 'cancel', number, details: { dropped } })
  return { ...done, dropped }
}
