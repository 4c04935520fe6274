/** One server-sent event as it arrived. */
interface ReceivedEvent {
  readonly id: string | undefined
  readonly data: string
}

/** A client of an event stream over real HTTP. */
export interface EventClient {
  readonly status: number
  readonly headers: Headers
  /** What has arrived so far. */
  readonly events: readonly ReceivedEvent[]
  /** Comment lines that have arrived, such as heartbeats. */
  readonly comments: readonly string[]
  /** The next event not yet returned; rejects when the stream ends first. */
  next(): Promise<ReceivedEvent>
  /** Resolves when the server ended the stream, or it was aborted. */
  readonly ended: Promise<void>
  abort(): void
}

/** Opens an event stream. */
export async function openEvents(url: string, headers: Record<string, string>): Promise<EventClient> {
  const controller = new AbortController()
  const response = await fetch(url, { headers, signal: controller.signal })
  const events: ReceivedEvent[] = []
  const comments: string[] = []
  const waiting: { resolve(event: ReceivedEvent): void; reject(error: Error): void }[] = []
  let taken = 0
  const take = (block: string) => {
    const fields = block.split('\n').map((line) => line.match(/^(\w*): ?(.*)$/s))
    const value = (name: string) => fields.find((field) => field?.[1] === name)?.[2]
    if (block.startsWith(':')) comments.push(block)
    const data = value('data')
    if (data === undefined) return
    const event = { id: value('id'), data }
    events.push(event)
    const waiter = waiting.shift()
    if (waiter === undefined) return
    taken += 1
    waiter.resolve(event)
  }
  const ended = pump(response, take).finally(() => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the stream ended'))
  })
  return {
    status: response.status,
    headers: response.headers,
    events,
    comments,
    ended,
    next() {
      const event = events[taken]
      if (event !== undefined) {
        taken += 1
        return Promise.resolve(event)
      }
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
    },
    abort: () => controller.abort(),
  }
}

async function pump(response: Response, take: (block: string) => void): Promise<void> {
  let text = ''
  try {
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
  } catch {
    // Aborted, or cut: either way the stream is over.
  }
}
