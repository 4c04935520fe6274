/** Why a connection ended, and how often in a row. */
export interface Close {
  /** The library's code; undefined when it told none. */
  readonly code: number | undefined
  /** Connections that broke before this one, since the last steady one. */
  readonly attempts: number
}

/** What to do about it. Nothing is ever wiped: a session that is over is kept until a person links anew. */
export type Reaction =
  | { readonly type: 'reconnect'; readonly afterMs: number; readonly reason: string }
  | {
      readonly type: 'stop'
      readonly reason:
        | 'replaced'
        | 'logged_out'
        | 'forbidden'
        | 'banned'
        | 'outdated'
        | 'mismatch'
        | 'untrusted'
    }

// WhatsApp's own numbers, also those that the library has no name for.
const stops: Readonly<Record<number, Extract<Reaction, { type: 'stop' }>['reason']>> = {
  /** The server's certificate is not WhatsApp's. */
  400: 'untrusted',
  /** The phone took this device off. */
  401: 'logged_out',
  /** Banned for a time: trying on would make it longer. */
  402: 'banned',
  403: 'forbidden',
  /** The program is too old for WhatsApp. */
  405: 'outdated',
  406: 'logged_out',
  /** What the program says it is, WhatsApp does not take. */
  409: 'outdated',
  411: 'mismatch',
  /** Another session of the same account: two that fight for it would throw each other out for ever. */
  440: 'replaced',
}

const reasons: Readonly<Record<number, string>> = {
  408: 'unreachable',
  428: 'closed',
  500: 'bad_session',
  503: 'unavailable',
  515: 'restart',
}

const restart = 515
const firstMs = 1_000
const longestMs = 60_000

/**
 * What follows a close. The wait doubles up to a minute, and a fifth of it is left to chance so that many do not come at once.
 * `random` gives a number from 0 to 1.
 */
export function reactTo({ code, attempts }: Close, random: () => number): Reaction {
  const reason = code === undefined ? undefined : stops[code]
  if (reason !== undefined) return { type: 'stop', reason }
  const why = (code === undefined ? undefined : reasons[code]) ?? 'unknown'
  // WhatsApp asks for a new connection after linking: it waits for it. Asked again and again, there is something wrong.
  if (code === restart && attempts === 0) return { type: 'reconnect', afterMs: 0, reason: why }
  const full = Math.min(firstMs * 2 ** Math.min(attempts, 10), longestMs)
  return { type: 'reconnect', afterMs: Math.round(full * (0.8 + 0.2 * random())), reason: why }
}
