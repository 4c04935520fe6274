import { html } from 'hono/html'
import type { TicketView } from '../../../inquiry/ticket-desk.ts'
import type { Officer } from '../../../staff/officer.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { byItself } from '../desk-part.ts'
import { seenField } from './answer-form.ts'
import { part } from './list-news.ts'
import { deliveryMark, talkEntries } from './talk.ts'
import type { TicketPagesDeps } from './ticket-deps.ts'
import { ticketFacts } from './ticket-facts.ts'

const pollSeconds = 8
/** How often the ticket of an answer that has not left yet is read for its mark. */
const mostLooks = 12

/** Where the page of a ticket stands, as its tail says when it asks what came after it. */
export interface Tail {
  readonly number: number
  /** The last entry that is shown. */
  readonly after: bigint
  /** The last entry that counts as read. */
  readonly seen: bigint
  /** What the ticket's changes were marked by when it was read. */
  readonly mark: string
  /** Whether a resident wrote since the page was opened. */
  readonly isNew: boolean
  /** How often the ticket is read again for the mark of an answer. */
  readonly looks: number
}

/** What a tail says, out of its address. */
export function readTail(number: number, query: Readonly<Record<string, string>>): Tail {
  const id = (text = '') => BigInt(/^\d{1,18}$/.exec(text)?.[0] ?? '0')
  const { sesudah, baca, tanda = '', ada, sisa = '' } = query
  const looks = Math.min(mostLooks, Number(/^\d{1,2}$/.exec(sisa)?.[0] ?? '0'))
  return { number, after: id(sesudah), seen: id(baca), mark: tanda, isNew: ada === '1', looks }
}

/** The tail of a talk that was just shown as it is. */
export function firstTail({ ticket, entries }: TicketView, mark: string): Tail {
  const after = lastId(entries)
  return {
    number: ticket.number,
    after,
    seen: after,
    mark,
    isNew: false,
    looks: looksFor(entries, mostLooks),
  }
}

/** The end of a talk, which asks what came after it and is replaced by that and a new end. */
export function tailElement({ number, after, seen, mark, isNew, looks }: Tail): Html {
  const query = new URLSearchParams({ sesudah: `${after}`, baca: `${seen}`, tanda: mark })
  if (isNew) query.set('ada', '1')
  if (looks > 0) query.set('sisa', String(looks))
  const path = deskHref(`/tiket/${number}/baru?${query}`)
  return html`<div id="ekor" hidden hx-get="${path}" hx-trigger="every ${pollSeconds}s"${byItself} hx-swap="outerHTML"></div>`
}

/**
 * The answer to a tail when nothing changed: nothing, or that what it shows counts as read. That stood on the screen for some
 * seconds; what comes at this moment does not yet, so that no answer is sent past it.
 */
export function quietNews(tail: Tail): Html | undefined {
  if (tail.seen === tail.after) return undefined
  return html`${tailElement({ ...tail, seen: tail.after })}${part('baca', seenField(tail.after))}`
}

/** The answer to a tail: new entries, and what else became otherwise. The answer being typed is not touched. */
export function ticketNews(
  deps: TicketPagesDeps,
  viewer: Officer,
  view: TicketView,
  tail: Tail & { readonly newMark: string },
): Html {
  const { texts } = deps
  const { number } = view.ticket
  const fresh = view.entries.filter(({ id }) => id > tail.after)
  const isNew = tail.isNew || fresh.some(({ type }) => type === 'resident')
  const marks = view.entries
    .filter(({ type, id }) => type === 'officer' && id <= tail.after)
    .map((entry) => part(`tanda-${entry.id}`, deliveryMark(texts, entry)))
  const next = tailElement({
    ...{ number, isNew, mark: tail.newMark, seen: tail.after, after: lastId(view.entries) },
    looks: looksFor(view.entries, fresh.length > 0 ? mostLooks : tail.looks - 1),
  })
  return html`${talkEntries({ texts, number, now: deps.now() }, fresh)}${next}${marks}
${part('fakta', ticketFacts(deps, viewer, view))}${part('baca', seenField(tail.after))}${part('pesan-baru', html`${isNew ? texts.talk.news : ''}`)}`
}

/** The last entry's id; zero when there is none. */
export function lastId(entries: TicketView['entries']): bigint {
  return entries.at(-1)?.id ?? 0n
}

function looksFor(entries: TicketView['entries'], most: number): number {
  return entries.some(({ delivery }) => delivery === 'queued') ? Math.max(0, most) : 0
}
