import type { HistoryEntry, ShownEntry } from './webchat-history.ts'
import { showEntry } from './webchat-history.ts'
import type { Listener } from './webchat-room.ts'

/** Milliseconds after which the browser tries again when the stream breaks. */
const RETRY_MS = 2000

/** An open event stream: a listener with the bytes that go to the browser. */
export interface EventStream extends Listener {
  readonly body: ReadableStream<Uint8Array>
  /** Resolves when either side has ended it. */
  readonly closed: Promise<void>
}

/**
 * A stream of server-sent events. What the visitor missed goes out first; what is pushed meanwhile follows, without
 * what was among the missed. A browser that takes nothing for `patience` milliseconds is cut off.
 */
export function openEventStream(deps: {
  readonly missed: Promise<readonly HistoryEntry[]>
  readonly patience: number
  onFailure(error: unknown): void
  /** Breaks the connection: what is below may still be waiting for the browser. */
  cut(): void
}): EventStream {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const write = createPatientWriter(writer, deps.patience, deps.cut)
  const close = () => void writer.close().catch(() => undefined)
  const replayed = replay(deps.missed, write).catch((error: unknown) => {
    deps.onFailure(error)
    close()
    return new Set<string>()
  })
  return {
    body: readable,
    closed: writer.closed.catch(() => undefined),
    push: async (entry) => (await replayed).has(entry.id) || (await write(frame(entry))),
    beat: () => void write(': \n\n'),
    close,
  }
}

async function replay(
  missed: Promise<readonly HistoryEntry[]>,
  write: PatientWrite,
): Promise<ReadonlySet<string>> {
  // The first bytes make the browser call the stream open, even while the database is slow.
  void write(`retry: ${RETRY_MS}\n\n`)
  const entries = await missed
  if (entries.length > 0) await write(entries.map((entry) => frame(showEntry(entry))).join(''))
  return new Set(entries.map(({ id }) => id))
}

/** Only what the bot said moves the place from which a reconnect goes on. */
function frame(entry: ShownEntry): string {
  const id = entry.from === 'bot' ? `id: ${entry.id.replaceAll(/[\r\n]/g, '')}\n` : ''
  return `${id}data: ${JSON.stringify(entry)}\n\n`
}

type PatientWrite = (text: string) => Promise<boolean>

/** A write that is not taken in time cuts the line: waiting on would hold up the visitor's other pages. */
function createPatientWriter(
  writer: WritableStreamDefaultWriter<Uint8Array>,
  patience: number,
  cut: () => void,
): PatientWrite {
  const encoder = new TextEncoder()
  return async (text) => {
    const { promise: late, resolve } = Promise.withResolvers<boolean>()
    const timer = setTimeout(() => {
      resolve(false)
      cut()
    }, patience)
    const written = writer.write(encoder.encode(text)).then(
      () => true,
      () => false,
    )
    const wasWritten = await Promise.race([written, late])
    clearTimeout(timer)
    return wasWritten
  }
}
