import type { Ticket, TicketEntry } from '../../inquiry/ticket.ts'
import type { TicketView } from '../../inquiry/ticket-desk.ts'
import { fill } from '../../language/fill-text.ts'
import { formatMoment } from '../../language/format.ts'
import type { GroupTexts } from './texts.ts'

/** What writing lines for the group needs. */
export interface LineDeps {
  readonly texts: GroupTexts
  /** How an office is called. */
  officeName(code: string): string
  /** Where the desk shows a ticket; undefined when it has no address that staff can reach. */
  deskUrl(number: number): string | undefined
}

const mostTopicName = 128

/** The name of a ticket's topic: no word of a resident is in it. */
export function topicName({ texts, officeName }: LineDeps, { number, kind, office }: Ticket): string {
  const name = fill(texts.topic, { number, kind: texts.kinds[kind], office: officeName(office) })
  return name.slice(0, mostTopicName)
}

/** What stands over a ticket where it is told; `isAgain`: it had another place before. */
export function headLines(
  deps: LineDeps,
  { ticket, details, reachable }: TicketView,
  place: { readonly isForum: boolean; readonly isAgain: boolean },
): string {
  const { head, kinds, details: labels } = deps.texts
  const { number, kind, office, holder, state } = ticket
  const url = deps.deskUrl(number)
  const told = Object.entries(details).flatMap(([name, value]) =>
    labels[name] === undefined || value === '' ? [] : [`${labels[name]}: ${value}`],
  )
  return [
    fill(place.isAgain ? head.again : head.title, {
      number,
      kind: kinds[kind],
      office: deps.officeName(office),
    }),
    ticket.urgent ? head.urgent : undefined,
    state === 'open' ? fill(head.promise, { time: formatMoment(ticket.promisedAt) }) : undefined,
    holder === undefined ? undefined : fill(head.held, { name: holder.name }),
    ticket.anonymous ? head.anonymous : undefined,
    kind === 'objection_other' ? head.about_other : undefined,
    reachable ? undefined : head.unreachable,
    ...told,
    url === undefined ? undefined : fill(head.desk, { url }),
    place.isForum ? head.hint_topic : head.hint_reply,
  ]
    .filter((line) => line !== undefined)
    .join('\n')
}

/** One entry of a ticket as the group reads it. */
export function entryLine({ texts }: LineDeps, { mergedInto }: Ticket, entry: TicketEntry): string {
  const { entries, events } = texts
  const name = entry.by ?? texts.nobody
  if (entry.type === 'event') {
    // The same event stands in both tickets.
    const isAway = entry.text === 'merged' && mergedInto !== undefined
    const known = Object.hasOwn(events, entry.text) ? events[entry.text] : undefined
    const template = isAway ? events.merged_into : (known ?? events.other)
    const text = fill(template, { name, event: entry.text, number: mergedInto ?? '' })
    return fill(entries.event, { text })
  }
  const text = entry.text.trim() === '' ? entries.no_text : entry.text
  return fill(entries[entry.type], { name, text, time: formatMoment(entry.at) })
}
