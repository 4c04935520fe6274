import type { Transaction } from '../../storage/database.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import type { BroadcastMessage } from '../broadcast-voice.ts'
import { composeMessage } from '../compose-message.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import { isOver } from './end-of-broadcast.ts'
import type { Waiting } from './store-recipients.ts'

/** How many messages are made in one transaction, unless a test says otherwise. */
const usualBatch = 1_000

/** Makes the messages of a broadcast; how many it made. */
export type PrepareBroadcast = (number: number) => Promise<number>

/**
 * Makes the use case. Recipients and their messages stand in one transaction, under the lock of the broadcast: whoever goes on where
 * another died makes no message twice. It ends when the broadcast is paused or cancelled.
 */
export function createPrepareBroadcast(room: BroadcastRoom & { readonly batch?: number }): PrepareBroadcast {
  return async (number) => {
    for (let made = 0; ; ) {
      const { count, isOver } = await room.store.transact((transaction) =>
        prepareSome(room, transaction, number),
      )
      made += count
      if (isOver) return made
    }
  }
}

interface Prepared {
  readonly count: number
  readonly isOver: boolean
}

async function prepareSome(
  room: BroadcastRoom & { readonly batch?: number },
  transaction: Transaction,
  number: number,
): Promise<Prepared> {
  const { store, voice, now, batch = usualBatch } = room
  const nothing = { count: 0, isOver: true }
  const broadcast = await store.rows.lock(transaction, number)
  if (broadcast?.state !== 'sending' || broadcast.batchId === undefined) return nothing
  const { audience, batchId } = broadcast
  if (isOver(broadcast, now())) return nothing
  if ((await room.withdrawn(transaction, broadcast)).length > 0) return nothing
  const limit = Math.min(batch, await roomFor(room, transaction, broadcast))
  if (limit <= 0) return nothing
  const found = await store.recipients.next(transaction, number, audience.topics, limit)
  const messages = messagesFor(room, broadcast, found)
  const outboxIds = await voice.tellMany(transaction, batchId, messages)
  const told = found.flatMap(({ id, chatId, reason }) => {
    const outboxId = chatId === undefined || reason !== undefined ? undefined : outboxIds.get(chatId)
    return outboxId === undefined ? [] : [{ id, outboxId }]
  })
  await store.recipients.tell(transaction, told)
  await leaveOthers(room, transaction, found, new Set(told.map(({ id }) => id)))
  return { count: told.length, isOver: found.length < batch }
}

/** How many more messages may be made: at first only for the first few. */
async function roomFor(
  { store, settings }: BroadcastRoom,
  transaction: Transaction,
  { number, phase }: StoredBroadcast,
): Promise<number> {
  if (phase !== 'canary') return Number.POSITIVE_INFINITY
  return settings.canary - (await store.recipients.prepared(transaction, number))
}

function messagesFor(
  { words, placeName }: BroadcastRoom,
  broadcast: StoredBroadcast,
  found: readonly Waiting[],
): readonly { readonly chatId: bigint; readonly message: BroadcastMessage }[] {
  // Few texts for many people.
  const composed = new Map<string, BroadcastMessage>()
  const messageOf = (code: string | undefined): BroadcastMessage => {
    const kelurahan = (code === undefined ? undefined : placeName(code)) ?? words().somewhere
    const known = composed.get(kelurahan)
    if (known !== undefined) return known
    const message = composeMessage(broadcast, words(), { kelurahan })
    composed.set(kelurahan, message)
    return message
  }
  return found.flatMap(({ chatId, kelurahan, reason }) =>
    chatId === undefined || reason !== undefined ? [] : [{ chatId, message: messageOf(kelurahan) }],
  )
}

/** Whoever got no message: they no longer want it, or can no longer be told. */
async function leaveOthers(
  { store }: BroadcastRoom,
  transaction: Transaction,
  found: readonly Waiting[],
  told: ReadonlySet<bigint>,
): Promise<void> {
  const untold = found.filter(({ id }) => !told.has(id))
  for (const reason of ['stopped_by_person', 'unsubscribed', 'blocked'] as const) {
    const ids = untold.filter((one) => (one.reason ?? 'blocked') === reason).map(({ id }) => id)
    await store.recipients.leave(transaction, ids, reason)
  }
}
