import type { TicketDesk } from '../../../inquiry/ticket-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { may, type Officer } from '../../../staff/officer.ts'
import type { DeskSection } from '../desk-layout.ts'
import type { Tile } from '../home-page.ts'
import { queueOrder, wishPath } from './list-wish.ts'
import type { TicketTexts } from './ticket-texts.ts'

/** The tickets' entry in the desk's navigation. */
export function ticketSection({ list }: Pick<TicketTexts, 'list'>): DeskSection {
  return { name: 'tickets', label: list.title, path: '/tiket', permission: 'tickets' }
}

/** What the desk's first page tells of tickets: how many wait for an answer, for the officer, and for residents. */
export async function ticketTiles(
  deps: { readonly desk: Pick<TicketDesk, 'list'>; readonly texts: Pick<TicketTexts, 'list'> },
  officer: Officer,
): Promise<readonly Tile[]> {
  if (!may(officer, 'tickets')) return []
  const { counts } = await deps.desk.list(officer, { queue: 'due' }, 'counts')
  const { queues, late } = deps.texts.list
  return queueOrder.flatMap((queue): readonly Tile[] => {
    if (queue === 'closed') return []
    const tile = { label: queues[queue], count: counts[queue], path: wishPath({ queue }) }
    return queue === 'due' && counts.late > 0
      ? [{ ...tile, hint: fill(late, { count: counts.late }), urgent: true }]
      : [tile]
  })
}
