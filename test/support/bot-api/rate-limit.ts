/** How many messages a bot may send in a second: altogether, and to one chat. */
export interface SendLimits {
  readonly overall: number
  readonly perChat: number
}

/** Asks leave for one message; answers the seconds to wait when there is none. */
export type TakeTurn = (chatId: number) => number | undefined

/** Counts messages over the second before `now()` (milliseconds), as strictly as the limits say. */
export function createRateLimit(limits: SendLimits, now: () => number): TakeTurn {
  const all: number[] = []
  const chats = new Map<number, number[]>()
  return (chatId) => {
    const at = now()
    const chat = chats.get(chatId) ?? []
    chats.set(chatId, chat)
    if (isFull(all, limits.overall, at) || isFull(chat, limits.perChat, at)) return 1
    all.push(at)
    chat.push(at)
    return undefined
  }
}

function isFull(sent: number[], limit: number, now: number): boolean {
  while (sent[0] !== undefined && sent[0] <= now - 1_000) sent.shift()
  return sent.length >= limit
}
