import type { Transaction } from '../storage/database.ts'

/** A file that goes with a message, kept by the media store. */
export interface VoiceMedia {
  readonly id: string
  readonly type: 'document'
  readonly mime: string
  readonly name: string
}

/** How trainings are heard in chats, within the transaction of what they do. */
export interface TrainingVoice {
  /**
   * Offers a seat: opens the question in the chat, which the caller has locked. `until` is the moment after which the answer no
   * longer counts.
   */
  offer(
    transaction: Transaction,
    chatId: bigint,
    offer: {
      readonly number: number
      readonly title: string
      /** Of the person who is to take part. */
      readonly name: string
      readonly until: Date
    },
  ): Promise<void>
  /** Puts messages that nobody asked for just now into the outbox, many at once. */
  tellMany(
    transaction: Transaction,
    messages: readonly { readonly chatId: bigint; readonly text: string; readonly media?: VoiceMedia }[],
    purpose: 'reply' | 'notice' | 'broadcast',
  ): Promise<void>
}
