import { z } from 'zod'
import { SendError, type SendErrorKind } from './channel.ts'

/** Waits for what WhatsApp's server says of messages that it was given. */
export interface Acks {
  /**
   * Resolves once the server took the message; rejects with a SendError when it refused, or said nothing in time after the
   * message was `written`.
   */
  wait(id: string, written: Promise<unknown>): Promise<void>
  /** Notes what the server said. */
  note(stanza: unknown): void
  /** Nobody waits any more. */
  forget(id: string): void
  /** The connection is gone: nobody knows what became of what is waited for. */
  abandon(): void
}

const ack = z.object({ attrs: z.object({ id: z.string(), error: z.string().optional() }) })

/** Makes it. `timeout` is in milliseconds. */
export function createAcks(timeout: number): Acks {
  const waiting = new Map<string, (failure: SendError | undefined) => void>()

  function settle(id: string, failure: SendError | undefined): void {
    waiting.get(id)?.(failure)
    waiting.delete(id)
  }

  return {
    wait(id, written) {
      return new Promise((resolve, reject) => {
        let timer: NodeJS.Timeout | undefined
        const start = () => {
          if (waiting.has(id)) timer = setTimeout(() => settle(id, new SendError('unknown')), timeout)
        }
        written.then(start, () => undefined)
        waiting.set(id, (failure) => {
          clearTimeout(timer)
          if (failure === undefined) resolve()
          else reject(failure)
        })
      })
    },
    note(stanza) {
      const read = ack.safeParse(stanza)
      if (!read.success) return
      const { id, error } = read.data.attrs
      settle(id, error === undefined ? undefined : refusalOf(error))
    },
    forget: (id) => settle(id, new SendError('unknown')),
    abandon() {
      for (const id of [...waiting.keys()]) settle(id, new SendError('unknown'))
    },
  }
}

const kinds: Readonly<Record<string, SendErrorKind>> = { '463': 'restricted', '429': 'too_fast' }
const slowDownSeconds = 120

/** What a code means by which the server refuses a message. 463: the account may not write to this person first. */
export function refusalOf(code: string): SendError {
  const kind = kinds[code] ?? 'refused'
  return new SendError(kind, kind === 'too_fast' ? { retryAfter: slowDownSeconds } : {})
}
