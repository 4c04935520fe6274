import { splitText } from '../../channels/split-text.ts'
import type { Ticket, TicketEntry } from '../../inquiry/ticket.ts'
import type { TicketView } from '../../inquiry/ticket-desk.ts'
import type { TicketTopic } from '../../storage/ticket-topics.ts'
import { entryLine, type LineDeps } from './lines.ts'

/** What is told of a ticket at once. */
export interface Batch {
  /** Empty when nothing needs to be said, because it was said in the group itself. */
  readonly text: string
  /** Media ids of what is posted after the text. */
  readonly media: readonly string[]
  /** The last entry that it tells; undefined when there is none to tell. */
  readonly upTo: bigint | undefined
}

/** Messages are kept somewhat under Telegram's limit, for what stands before the text. */
const mostText = 3_900
/** How many entries are told again when a ticket gets another place. */
const toldAgain = 5

/** From which entry on a ticket that lost its place is told in the next one. */
export function toldBefore({ entries }: TicketView, { toldId }: TicketTopic): bigint {
  const before = entries.filter(({ id }) => id <= toldId)
  return before[before.length - toldAgain - 1]?.id ?? 0n
}

/** Gathers what comes next: as many entries as one message holds, up to the first with something attached. */
export function gatherBatch(
  deps: LineDeps & { readonly isOwn: (entry: TicketEntry) => boolean },
  ticket: Ticket,
  fresh: readonly TicketEntry[],
  head: string | undefined,
): Batch {
  const lines = head === undefined ? [] : [head]
  let upTo: bigint | undefined
  for (const entry of fresh) {
    const line = deps.isOwn(entry) ? undefined : entryLine(deps, ticket, entry)
    const isTooMuch = line !== undefined && [...lines, line].join('\n\n').length > mostText
    if (isTooMuch && upTo !== undefined) break
    if (line !== undefined) lines.push(line)
    upTo = entry.id
    if (line !== undefined && entry.media.length > 0)
      return { text: lines.join('\n\n'), media: entry.media, upTo }
  }
  return { text: lines.join('\n\n'), media: [], upTo }
}

/** In place of an entry that Telegram does not take. */
export function replaceEntry(
  { texts }: LineDeps,
  [first]: readonly TicketEntry[],
  head: string | undefined,
): Batch {
  const line = texts.entries.refused
  return { text: head === undefined ? line : `${head}\n\n${line}`, media: [], upTo: first?.id }
}

/** The text as messages, each beginning with `prefix`. */
export function toMessages(text: string, prefix: string): readonly string[] {
  const clean = text.toWellFormed().replaceAll('\u0000', '')
  return splitText(clean, mostText).map((piece) => `${prefix}${piece}`)
}
