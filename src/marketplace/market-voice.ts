import type { Transaction } from '../storage/database.ts'

/** How the marketplace is heard in chats, within the transaction of what it does. */
export interface MarketVoice {
  /** Opens a step of a flow in the chat, which the caller has locked, and heard for so long. `reply` where the person waits for it. */
  open(
    transaction: Transaction,
    chatId: bigint,
    opening: {
      readonly to: string
      readonly values: Readonly<Record<string, string | number>>
      readonly until: Date
    },
    purpose: 'reply' | 'notice',
  ): Promise<void>
  /** Puts messages into the outbox; `pictures` are ids of the picture store. */
  tellMany(
    transaction: Transaction,
    messages: readonly {
      readonly chatId: bigint
      readonly text: string
      readonly pictures?: readonly string[]
      /** Pressing one is writing its words, whatever was asked since. */
      readonly buttons?: readonly { readonly label: string; readonly words: string }[]
    }[],
    purpose: 'reply' | 'notice',
  ): Promise<void>
}
