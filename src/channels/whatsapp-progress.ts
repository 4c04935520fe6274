import type { proto } from '@whiskeysockets/baileys'
import type { Progress } from './channel.ts'
import { refusalOf } from './whatsapp-acks.ts'
import { partOf } from './whatsapp-parts.ts'

/** What is read of an update, or of a message of ours that comes back with its status. */
export interface StatusNews {
  readonly key: { readonly id?: string | null; readonly fromMe?: boolean | null }
  readonly status?: proto.WebMessageInfo.Status | null
  readonly messageStubParameters?: readonly string[] | null
  /** Seconds. */
  readonly messageTimestamp?: unknown
}

// The library's numbers: https://baileys.wiki/docs/api/enumerations/proto.WebMessageInfo.Status
const [error, delivered, read] = [0, 3, 4]

/** What became of a message of ours; undefined where the news say nothing of that. */
export function readProgress(news: StatusNews, now: Date): Progress | undefined {
  const { key, status } = news
  const place = key.fromMe === true && typeof key.id === 'string' ? partOf(key.id) : undefined
  if (place === undefined || status === undefined || status === null) return undefined
  const { token } = place
  if (status === error) {
    const refusal = refusalOf(news.messageStubParameters?.[0] ?? '')
    // What may be tried again is not over: whoever sends it heard the same.
    return refusal.retryable ? undefined : { token, state: 'failed', at: now, failure: refusal.kind }
  }
  // The last part speaks for the whole.
  if (status < delivered || place.partsLeft > 0) return undefined
  const seconds = Number(news.messageTimestamp ?? 0)
  const at = seconds > 0 && seconds * 1_000 <= now.getTime() ? new Date(seconds * 1_000) : now
  return { token, state: status >= read ? 'read' : 'delivered', at }
}
