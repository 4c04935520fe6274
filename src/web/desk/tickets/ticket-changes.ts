import { createHmac, randomBytes } from 'node:crypto'
import type { Signals } from '../../../storage/signals.ts'

/** Tells whether something changed in a ticket, without reading it: each reading is noted in the trail. */
export interface TicketChanges {
  /**
   * A word that is another one after each change of the ticket, in each process, and for each viewer: whoever was never shown
   * it cannot come by it, and so learns nothing of a ticket that they may not see.
   */
  mark(number: number, viewerId: string): string
}

/** Watches what all processes tell of tickets. */
export async function watchTickets(signals: Pick<Signals, 'on' | 'onGap'>): Promise<TicketChanges> {
  const counts = new Map<number, number>()
  // No process knows what another one had heard; nor does this one after a gap.
  let era = newEra()
  await signals.on('tickets', (payload) => {
    const number = Number(payload)
    counts.set(number, (counts.get(number) ?? 0) + 1)
  })
  signals.onGap(() => {
    era = newEra()
  })
  return {
    mark(number, viewerId) {
      const standing = `${viewerId} ${number} ${counts.get(number) ?? 0}`
      return createHmac('sha256', era).update(standing).digest('base64url').slice(0, 22)
    },
  }
}

function newEra(): Buffer {
  return randomBytes(32)
}
