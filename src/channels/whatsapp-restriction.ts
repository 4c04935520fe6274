import { z } from 'zod'
import type { Logger } from '../log.ts'
import type { Socket } from './whatsapp-socket.ts'
import type { WhatsAppStore } from './whatsapp-store.ts'

/** What WhatsApp warns an account of: it may write first to nobody, or has written first to too many. */
export type Warning = 'restricted' | 'capped'

/** Whether WhatsApp forbids the account to write first. */
export interface Restriction {
  /** Until when; undefined while it does not. */
  until(): Date | undefined
  /** Takes up what an earlier life of the process knew. */
  load(): Promise<void>
  /** Hears what WhatsApp says on this connection. */
  listen(socket: Socket): void
}

interface RestrictionDeps {
  readonly store: Pick<WhatsAppStore, 'status' | 'report'>
  readonly log: Logger
  readonly now: () => number
  readonly onWarning: ((warning: Warning) => void) | undefined
}

/** How long a warning holds that does not say until when, in milliseconds. */
const usualMs = 24 * 60 * 60_000

/** Makes it. While it holds nothing goes out that nobody asked for; answers do. */
export function createRestriction({ store, log, now, onWarning }: RestrictionDeps): Restriction {
  const ends: Record<Warning, number> = { restricted: 0, capped: 0 }
  const until = () => {
    const last = Math.max(ends.restricted, ends.capped)
    return last > now() ? new Date(last) : undefined
  }

  async function restrict(warning: Warning, told: number | undefined): Promise<void> {
    ends[warning] = told !== undefined && told > now() ? told : now() + usualMs
    log.error({ warning, until: until() }, 'WhatsApp restricts the account')
    onWarning?.(warning)
    await store.report({ restrictedUntil: until() })
  }

  return {
    until,
    async load() {
      ends.capped = (await store.status()).restrictedUntil?.getTime() ?? 0
    },
    listen(socket) {
      socket.on('message-capping.update', ({ capping_status: status, cycle_end_timestamp: end }) => {
        if (status !== undefined && String(status) !== 'NONE') return restrict('capped', readSeconds(end))
      })
      socket.on('connection.update', async ({ reachoutTimeLock: lock }) => {
        if (lock?.isActive === true) return restrict('restricted', lock.timeEnforcementEnds?.getTime())
        if (lock?.isActive !== false || ends.restricted === 0) return
        ends.restricted = 0
        await store.report({ restrictedUntil: until() })
      })
    },
  }
}

/** A time in seconds since 1970, as text, in milliseconds. */
function readSeconds(text: string | undefined): number | undefined {
  const seconds = z.coerce.number().positive().safeParse(text)
  return seconds.success ? seconds.data * 1_000 : undefined
}
