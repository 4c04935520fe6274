import { randomUUID } from 'node:crypto'
import type { Signals } from '../../../storage/signals.ts'

/** Tells whether something changed in a ticket, without reading it: each reading is noted in the trail. */
export interface TicketChanges {
  /** A word that is another one after each change of the ticket, and in each process. */
  mark(number: number): string
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
  return { mark: (number) => `${era}-${counts.get(number) ?? 0}` }
}

function newEra(): string {
  return randomUUID().slice(0, 8)
}
