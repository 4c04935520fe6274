import { isQuiet, type QuietHours } from '../../language/quiet-hours.ts'
import type { Transaction } from '../../storage/database.ts'
import type { BroadcastChannel } from '../broadcast-channels.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import { stalledAlarm } from './staff-alarms.ts'

/** So long nothing may be taken up, outside the quiet hours, before staff are told. */
const patienceMs = 3_600_000

/** What of a broadcast is to go out now: `made`: the messages that there are; `all`: also those that were not made yet. */
type Due = 'made' | 'all'

/**
 * Tells staff, once, of a broadcast that is being sent and of which nobody takes anything up: the account is not linked, or the
 * platform does not answer. What waits for the budget of the day, or behind another broadcast, is on its way. 1 where staff were told,
 * or where it goes on again.
 */
export async function watchStalled(
  room: BroadcastRoom,
  { number, stalledAt }: StoredBroadcast,
  due: Due,
  now: Date,
): Promise<number> {
  const since = anHourBefore(now, room.words().quiet_hours)
  if (since === undefined) return 0
  const { store, alarms } = room
  return store.transact(async (transaction) => {
    const channel = await stalledOn(room, transaction, { number, due, since })
    if ((channel === undefined) === (stalledAt === undefined)) return 0
    const broadcast = await store.rows.lock(transaction, number)
    if (broadcast?.state !== 'sending') return 0
    await store.rows.move(transaction, number, { stalledAt: channel === undefined ? null : now })
    if (channel === undefined) await alarms.settle(transaction, stalledAlarm, String(number))
    else await alarms.raise(transaction, stalledAlarm, String(number), { number: String(number), channel })
    return 1
  })
}

/** On which channel it waits; undefined where it does not, or began or went on only lately. */
async function stalledOn(
  { store }: BroadcastRoom,
  transaction: Transaction,
  { number, due, since }: { readonly number: number; readonly due: Due; readonly since: Date },
): Promise<BroadcastChannel | undefined> {
  const broadcast = await store.rows.find(transaction, number)
  if (broadcast?.startedAt === undefined) return undefined
  const { startedAt, resumedAt = startedAt } = broadcast
  if (startedAt > since || resumedAt > since) return undefined
  const channel = await store.left.stalledOn(transaction, number, { since, due })
  if (channel !== undefined || due === 'made') return channel
  const last = await store.figures.lastSettled(transaction, number)
  if (last !== undefined && last > since) return undefined
  const posts = await store.posts.of(transaction, number)
  return posts.find(({ state }) => state === 'queued')?.channel
}

/** The moment an hour ago; undefined in the quiet hours, and in the first hour after them. */
function anHourBefore(now: Date, quiet: QuietHours): Date | undefined {
  const since = new Date(now.getTime() - patienceMs)
  return isQuiet(now, quiet) || isQuiet(since, quiet) ? undefined : since
}
