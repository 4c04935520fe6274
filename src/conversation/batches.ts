import type { ChannelName, SendErrorKind } from '../channels/channel.ts'
import type { Transaction } from '../storage/database.ts'

/** What a batch of broadcasts is made with. */
export interface NewBatch {
  /** Whoever is told must be subscribed to one of these when the message leaves. */
  readonly topics: readonly string[]
  /** What has not gone out by then does not go out. */
  readonly expiresAt: Date | undefined
  /** Whether it waits to be released. */
  readonly held: boolean
}

/** Broadcasts that go out together, and may be held back, let go or dropped together: at once, wherever they are sent. */
export interface Batches {
  create(transaction: Transaction, batch: NewBatch): Promise<bigint>
  hold(transaction: Transaction, id: bigint): Promise<void>
  release(transaction: Transaction, id: bigint): Promise<void>
  /** Puts another time in the place of `expiresAt`. */
  prolong(transaction: Transaction, id: bigint, until: Date): Promise<void>
  /**
   * Settles as suppressed, for the reason, whatever no process took up yet; how many. What a process gives back, or is added
   * later, does not go out either.
   */
  drop(transaction: Transaction, id: bigint, reason: string): Promise<number>
  /** The same for whatever waits for one person, in any chat of theirs: they want it no more. */
  dropFor(transaction: Transaction, contactId: string, reason: string): Promise<number>
}

/** What happens while broadcasts go out in this process. */
export type BulkNews =
  /** Messages of these batches were settled. */
  | { readonly type: 'settled'; readonly batchIds: readonly bigint[] }
  /** The platform warned the account: what it takes for too much must end at once. */
  | {
      readonly type: 'warned'
      readonly channel: ChannelName
      readonly account: string
      readonly kind: SendErrorKind
    }
