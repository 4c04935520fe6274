import type { OutgoingMessage, Purpose } from '../channels/channel.ts'
import type { Transaction } from '../storage/database.ts'
import type { OutboxStore } from './outbox-store.ts'
import { type Sealer, sealOutgoing } from './sealed-json.ts'

/** One message for one chat. */
export interface Telling {
  readonly chatId: bigint
  readonly message: OutgoingMessage
}

/**
 * Tells many chats something that they did not just ask for, once the transaction is committed: one statement, however many they
 * are. A chat that is there several times is told in the given order; one that is gone, or whose person blocked the bot, is left
 * out. Few chats are sent to at once, many as the processes look through the outbox. Broadcasts go with their batch, at the pace
 * of their channel, and are notices where no channel takes many. The ids of the messages by chat; of several in one chat the last.
 */
export type TellMany = (
  items: readonly Telling[],
  transaction: Transaction,
  purpose: Purpose,
  batchId?: bigint,
) => Promise<ReadonlyMap<bigint, bigint>>

interface Deps {
  readonly store: Pick<OutboxStore, 'sayMany'>
  readonly sealer: Sealer
  readonly now: () => Date
}

/** Makes the function. */
export function createTellMany({ store, sealer, now }: Deps): TellMany {
  return (items, transaction, purpose, batchId) => {
    const sealed = items.map(({ chatId, message }) => ({ chatId, body: sealOutgoing(sealer, message) }))
    return store.sayMany(sealed, purpose, now(), transaction, batchId)
  }
}
