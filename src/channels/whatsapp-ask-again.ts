import type { Logger } from '../log.ts'

/** Asks people to send again what could not be opened: once, and only when it does not come again by itself. */
export interface AskAgain {
  /** A message of the chat could not be opened. The library asks the phone for it; if that fails, `ask` is called. */
  wait(chat: string, messageId: string, ask: () => Promise<void>): void
  /** A message of the chat was read. */
  note(chat: string, messageId: string): void
  /** Nobody is asked any more. */
  stop(): void
}

/** Makes it. `graceMs` is how long a message may take to come again, in milliseconds. */
export function createAskAgain({ log, graceMs }: { log: Logger; graceMs: number }): AskAgain {
  const waiting = new Map<string, NodeJS.Timeout>()
  /** Chats that were asked, and have sent nothing since that could be read. */
  const asked = new Set<string>()

  return {
    wait(chat, messageId, ask) {
      const key = `${chat} ${messageId}`
      if (asked.has(chat) || waiting.has(key)) return
      const timer = setTimeout(() => {
        waiting.delete(key)
        if (asked.has(chat)) return
        asked.add(chat)
        ask().catch((error) => log.error({ err: error }, 'a person was not asked to send again'))
      }, graceMs)
      waiting.set(key, timer)
    },
    note(chat, messageId) {
      const key = `${chat} ${messageId}`
      clearTimeout(waiting.get(key))
      waiting.delete(key)
      asked.delete(chat)
    },
    stop() {
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
