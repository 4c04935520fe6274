/** Runs work of one chat in order, and work of different chats side by side. A chat is known by its key. */
export interface ChatQueue<Key> {
  /** Runs `work` after all that was added for the chat before. Its failure does not stop what follows. */
  add<T>(chat: Key, work: () => Promise<T>): Promise<T>
  /** Whether nothing is running or waiting for the chat. */
  isIdle(chat: Key): boolean
  /** The chats for which something is running or waiting. */
  underWay(): readonly Key[]
  /** Resolves once all that was added for these chats so far has run; what is added meanwhile is not waited for. */
  finished(chats: readonly Key[]): Promise<void>
  /** Resolves once nothing is running. */
  idle(): Promise<void>
}

/** Makes an empty queue. */
export function createChatQueue<Key>(): ChatQueue<Key> {
  const tails = new Map<Key, Promise<unknown>>()
  return {
    add(chat, work) {
      const before = tails.get(chat)
      const result = before === undefined ? work() : before.then(work, work)
      const tail = result.then(
        () => undefined,
        () => undefined,
      )
      tails.set(chat, tail)
      void tail.then(() => {
        if (tails.get(chat) === tail) tails.delete(chat)
      })
      return result
    },
    isIdle: (chat) => !tails.has(chat),
    underWay: () => [...tails.keys()],
    finished: async (chats) => void (await Promise.all(chats.map((chat) => tails.get(chat)))),
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values())
    },
  }
}
