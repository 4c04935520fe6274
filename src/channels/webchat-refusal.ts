import type { Context } from 'hono'

const statuses = {
  no_cookie: 403,
  foreign: 403,
  too_fast: 429,
  too_many_tabs: 429,
  too_large: 413,
  photo_too_large: 413,
  // Not 429: the page would send the photo again and again.
  photos_too_many: 413,
  not_a_photo: 415,
  unreadable: 400,
  not_ready: 503,
} as const

/** Why the web chat does not take a request. */
export type RefusalKind = keyof typeof statuses

/** The sentence that a person reads for each refusal. */
export type RefusalTexts = Readonly<Record<RefusalKind, string>>

/** Something the web chat does not take. `retryAfter` is in seconds. */
export interface Refusal {
  readonly refused: RefusalKind
  readonly retryAfter?: number
}

/** The HTTP status of a refusal; sets Retry-After where trying again will help. */
export function refusalStatus(
  context: Context,
  { refused, retryAfter }: Refusal,
): (typeof statuses)[RefusalKind] {
  if (retryAfter !== undefined) context.header('Retry-After', String(retryAfter))
  return statuses[refused]
}
