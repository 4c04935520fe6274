/** A second, over which Telegram counts. */
export const secondMs = 1_000

/** The calls that Telegram may count in the same second as one that begins now. */
export interface Window {
  /** When one more may begin; infinity while that depends on an answer. */
  roomAt(at: number): number
  begin(): void
  end(at: number): void
}

/** Makes it for `most` calls in a second. */
export function createWindow(most: number): Window {
  let underWay = 0
  const ended: number[] = []
  return {
    roomAt(at) {
      while (ended[0] !== undefined && ended[0] + secondMs <= at) ended.shift()
      if (underWay + ended.length < most) return at
      return ended[0] === undefined ? Number.POSITIVE_INFINITY : ended[0] + secondMs
    },
    begin() {
      underWay += 1
    },
    end(at) {
      underWay -= 1
      ended.push(at)
    },
  }
}

/** When each chat was last written to: to one chat no more than a message a second, but for answers. */
export interface ChatTimes {
  /** When something unasked may go there; infinity while a call is under way. */
  freeAt(chat: number | string): number
  begin(chat: number | string): void
  end(chat: number | string, at: number): void
}

/** Makes it. It keeps no more chats than were written to within a second. */
export function createChatTimes(): ChatTimes {
  const underWay = new Map<number | string, number>()
  /** The longest ago first. */
  const last = new Map<number | string, number>()
  return {
    freeAt(chat) {
      if (underWay.has(chat)) return Number.POSITIVE_INFINITY
      const at = last.get(chat)
      return at === undefined ? Number.NEGATIVE_INFINITY : at + secondMs
    },
    begin: (chat) => void underWay.set(chat, (underWay.get(chat) ?? 0) + 1),
    end(chat, at) {
      const left = (underWay.get(chat) ?? 1) - 1
      if (left > 0) underWay.set(chat, left)
      else underWay.delete(chat)
      last.delete(chat)
      last.set(chat, at)
      for (const [other, then] of last) {
        if (then + secondMs > at) break
        last.delete(other)
      }
    },
  }
}
