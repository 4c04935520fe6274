/** Counts messages that a bot has, and lets others wait for a number of them. */
export interface MessagesTaken {
  add(): void
  reach(messages: number): Promise<void>
}

/** Starts at none. */
export function createMessagesTaken(): MessagesTaken {
  let taken = 0
  const waiting = new Map<number, PromiseWithResolvers<void>>()
  return {
    add() {
      taken += 1
      waiting.get(taken)?.resolve()
      waiting.delete(taken)
    },
    async reach(messages) {
      if (taken >= messages) return
      const wanted = waiting.get(messages) ?? Promise.withResolvers<void>()
      waiting.set(messages, wanted)
      await wanted.promise
    },
  }
}
