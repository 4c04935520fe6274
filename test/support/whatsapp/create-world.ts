import { createChanges } from '../bot-api/changes.ts'
import { createNoiseCertificates } from './certificates.ts'
import { createSendFaults } from './faults.ts'
import { createMediaHost } from './media-host.ts'
import type { Addressing } from './phone.ts'
import { createTally } from './tally.ts'
import type { World } from './world.ts'

/** How the server is set up; everything has a default that suits tests. */
export interface WhatsAppServerOptions {
  /** By which name persons write and receipts come, unless they say otherwise: `lid`. */
  readonly addressing?: Addressing
  /** How many stanzas and files are remembered: 500. */
  readonly remember?: number
  /** The server's clock in milliseconds. */
  readonly now?: () => number
}

/** Makes a world where nothing happened yet; `stop` drops what was to happen later. */
export function createWorld(options: WhatsAppServerOptions): World & { stop(): void } {
  const changes = createChanges()
  const timers = new Set<NodeJS.Timeout>()
  return {
    changes,
    certificates: createNoiseCertificates(),
    media: createMediaHost(changes.notify, options.remember),
    tally: createTally(options.remember ?? 500),
    sendFaults: createSendFaults(),
    sessions: new Set(),
    phones: new Map(),
    accounts: new Map(),
    newsletters: new Map(),
    addressing: options.addressing ?? 'lid',
    errors: [],
    unknown: [],
    isSilent: false,
    loginFailure: undefined,
    now: options.now ?? Date.now,
    later(milliseconds, work) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        work()
      }, milliseconds)
      timers.add(timer)
    },
    stop() {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
