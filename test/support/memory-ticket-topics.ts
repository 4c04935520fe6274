import type { TicketTopic, TicketTopics, TopicLine } from '../../src/storage/ticket-topics.ts'

/** What a group was told, in memory; `behind` is the test's own. */
export function createMemoryTicketTopics(
  behind: (topics: ReadonlyMap<number, TicketTopic>) => readonly number[],
): TicketTopics & { readonly topics: Map<number, TicketTopic> } {
  const topics = new Map<number, TicketTopic>()
  const lines = new Map<number, TopicLine>()
  const edits = new Set<number>()
  let chat = -100
  const change = (number: number, part: Partial<TicketTopic>) => {
    const known = topics.get(number)
    if (known !== undefined) topics.set(number, { ...known, ...part })
  }
  return {
    topics,
    chatId: async () => chat,
    async follow(next) {
      chat = next
      for (const number of topics.keys()) change(number, { threadId: undefined, headId: undefined })
    },
    behind: async () => behind(topics),
    find: async (number) => topics.get(number),
    numberOf: async (threadId) => [...topics.values()].find((topic) => topic.threadId === threadId)?.number,
    async place(number, { threadId, headId }, toldId = topics.get(number)?.toldId ?? 0n) {
      topics.set(number, { number, threadId, headId, toldId, closed: false })
    },
    unplace: async (number) => change(number, { threadId: undefined, headId: undefined }),
    async told(number, entryId, messageIds) {
      for (const messageId of messageIds) lines.set(messageId, { number, entryId })
      if ((topics.get(number)?.toldId ?? entryId) < entryId) change(number, { toldId: entryId })
    },
    setClosed: async (number, closed) => change(number, { closed }),
    line: async (messageId) => lines.get(messageId),
    note: async (messageId, line) => void lines.set(messageId, line),
    async seenBefore(number, messageId) {
      const ids = [...lines].flatMap(([id, line]) =>
        line.number === number && id < messageId ? [line.entryId ?? 0n] : [],
      )
      return ids.toSorted((one, other) => Number(one - other)).at(-1) ?? 0n
    },
    async noteEdit(messageId) {
      const isFirst = !edits.has(messageId)
      edits.add(messageId)
      return isFirst
    },
  }
}
