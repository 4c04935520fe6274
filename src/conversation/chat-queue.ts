/** Runs work of one chat in order, and work of different chats side by side. */
export interface ChatQueue {
  /** Runs `work` after all that was added for the chat before. Its failure does not stop what follows. */
  add<T>(chatId: bigint, work: () => Promise<T>): Promise<T>
  /** Whether nothing is running or waiting for the chat. */
  isIdle(chatId: bigint): boolean
  /** Resolves once nothing is running. */
  idle(): Promise<void>
}

/** Makes an empty queue. */
export function createChatQueue(): ChatQueue {
  const tails = new Map<bigint, Promise<unknown>>()
  return {
    add(chatId, work) {
      const before = tails.get(chatId)
      const result = before === undefined ? work() : before.then(work, work)
      const tail = result.then(
        () => undefined,
        () => undefined,
      )
      tails.set(chatId, tail)
      void tail.then(() => {
        if (tails.get(chatId) === tail) tails.delete(chatId)
      })
      return result
    },
    isIdle: (chatId) => !tails.has(chatId),
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values())
    },
  }
}
