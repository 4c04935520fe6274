import type { TicketFilter, TicketLine } from '../../../inquiry/ticket-desk.ts'
import type { Officer } from '../../../staff/officer.ts'
import { shortMoment } from '../desk-time.ts'
import { officeTitle, placeName, type TicketPagesDeps } from './ticket-deps.ts'

/** More than a spreadsheet is read for. */
const mostRows = 5_000

/**
 * The tickets of a filter as rows of cells, headings first. What residents wrote is not among them: a file is copied about, and
 * nobody notes who reads it.
 */
export async function ticketCells(
  deps: TicketPagesDeps,
  viewer: Officer,
  filter: TicketFilter,
): Promise<readonly (readonly string[])[]> {
  const { columns } = deps.texts.csv
  const rows: (readonly string[])[] = [
    [
      ...[columns.number, columns.kind, columns.office, columns.kelurahan, columns.state],
      ...[columns.urgent, columns.opened, columns.promise, columns.late, columns.holder],
    ],
  ]
  let after = filter.after
  do {
    const page = await deps.desk.list(viewer, { ...filter, after }, 'csv')
    rows.push(...page.tickets.map((ticket) => cells(deps, ticket)))
    after = page.next
  } while (after !== undefined && rows.length <= mostRows)
  return rows
}

function cells(deps: TicketPagesDeps, ticket: TicketLine): readonly string[] {
  const { kinds, states, csv } = deps.texts
  const yesNo = (is: boolean) => (is ? csv.yes : csv.no)
  return [
    String(ticket.number),
    kinds[ticket.kind],
    officeTitle(deps, ticket.office),
    placeName(deps, ticket) ?? '',
    states[ticket.state],
    yesNo(ticket.urgent),
    shortMoment(ticket.openedAt),
    shortMoment(ticket.promisedAt),
    yesNo(ticket.isLate),
    ticket.holder?.name ?? '',
  ]
}
