import type { Transaction } from '../storage/database.ts'

/** How an office is heard in a chat, within the transaction of what it does. The caller has locked the chat. */
export interface OfficeVoice {
  /** Says it as an answer, and has the bot be silent until `heldUntil`; the id is the outbox row's. */
  answer(
    transaction: Transaction,
    chatId: bigint,
    answer: { readonly text: string; readonly number: number; readonly heldUntil: Date },
  ): Promise<{ readonly outboxId: bigint }>
  /** What the person writes goes to the office until then; null: the bot answers again. */
  hold(transaction: Transaction, chatId: bigint, until: Date | null): Promise<void>
  /** Tells the person that the bot is back. The hold is as it was. */
  handBack(transaction: Transaction, chatId: bigint): Promise<void>
  /** Tells the person something about the matter, such as that it is closed. */
  tell(
    transaction: Transaction,
    chatId: bigint,
    what: { readonly type: 'closed' | 'erased'; readonly number: number },
  ): Promise<void>
  /** Asks whether the matter is solved. The hold is as it was: only where nobody answers live the answer reaches the bot. */
  askSolved(
    transaction: Transaction,
    chatId: bigint,
    ask: { readonly number: number; readonly closesAt: Date },
  ): Promise<void>
}
