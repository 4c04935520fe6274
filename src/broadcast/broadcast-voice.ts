import type { Transaction } from '../storage/database.ts'
import type { BroadcastPlan } from './broadcast.ts'

/** A message as the voice takes it: the text is whole, with its buttons' words and how to stop. */
export interface BroadcastMessage {
  readonly text: string
  readonly buttons: BroadcastPlan['buttons']
  readonly media: BroadcastPlan['media']
}

/** How broadcasts are heard in chats; the house gives it. */
export interface BroadcastVoice {
  createBatch(
    transaction: Transaction,
    batch: { readonly topics: readonly string[]; readonly expiresAt: Date },
  ): Promise<bigint>
  hold(transaction: Transaction, batchId: bigint): Promise<void>
  release(transaction: Transaction, batchId: bigint): Promise<void>
  /** Gives what did not leave yet until another moment. */
  prolong(transaction: Transaction, batchId: bigint, until: Date): Promise<void>
  /** Gives up what did not leave yet; how many. */
  drop(transaction: Transaction, batchId: bigint, reason: string): Promise<number>
  /** Puts a message for each chat into the outbox; the ids by chat. A chat that can no longer be told in has none. */
  tellMany(
    transaction: Transaction,
    batchId: bigint,
    messages: readonly { readonly chatId: bigint; readonly message: BroadcastMessage }[],
  ): Promise<ReadonlyMap<bigint, bigint>>
  /** Shows it in one chat, as an answer. */
  show(transaction: Transaction, chatId: bigint, message: BroadcastMessage): Promise<void>
}
