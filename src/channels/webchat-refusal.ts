import type { Context } from 'hono'

/** Why the web chat does not take a request. */
export const refusals = [
  'no_cookie',
  'foreign',
  'too_fast',
  'too_many_tabs',
  'too_large',
  'photo_too_large',
  'not_a_photo',
  'unreadable',
  'not_ready',
] as const
export type RefusalKind = (typeof refusals)[number]

/** The sentence that a person reads for each refusal. */
export type RefusalTexts = Readonly<Record<RefusalKind, string>>

/** Something the web chat does not take. `retryAfter` is in seconds. */
export interface Refusal {
  readonly refused: RefusalKind
  readonly retryAfter?: number
}

const statuses = {
  no_cookie: 403,
  foreign: 403,
  too_fast: 429,
  too_many_tabs: 429,
  too_large: 413,
  photo_too_large: 413,
  not_a_photo: 415,
  unreadable: 400,
  not_ready: 503,
} as const satisfies Record<RefusalKind, number>

/** The HTTP status of a refusal; sets Retry-After where trying again will help. */
export function refusalStatus(
  context: Context,
  { refused, retryAfter }: Refusal,
): (typeof statuses)[RefusalKind] {
  if (retryAfter !== undefined) context.header('Retry-After', String(retryAfter))
  return statuses[refused]
}
