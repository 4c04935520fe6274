import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import { masked } from '../entry-text.ts'
import { isAnonymousKind } from '../open-ticket.ts'
import type { StoredTicket } from '../store-rows.ts'
import type { TicketEntry } from '../ticket.ts'
import type { TicketDesk } from '../ticket-desk.ts'
import { isVisible, sightOf } from '../visible.ts'
import { type DeskDeps, findVisible, noteDeed } from './perform-deed.ts'

/** A line of a chat, as the conversation keeps it. */
export interface ChatLine {
  readonly from: 'bot' | 'person'
  readonly text: string
  readonly at: Date
  readonly media?: readonly { readonly id: string }[] | undefined
}

/** Tickets of the person that are looked at for what must not be shown. */
const mostLookedAt = 200

/** What of the talk goes with a line of a hidden ticket: before it the person spoke of it with the bot, after it the bot answered. */
interface Span {
  readonly beforeMs: number
  readonly afterMs: number
}

const ordinary: Span = { beforeMs: 30 * 60_000, afterMs: 5 * 60_000 }
/**
 * Of a report about others nothing may be guessed, not even from a form that was begun, left and gone on with: for so long the bot
 * waits for what it asked. No line is known to be of it or not, so that all of a day goes.
 */
const report: Span = { beforeMs: 24 * 3_600_000, afterMs: 24 * 3_600_000 }

type Deps = Pick<DeskDeps, 'store' | 'audit' | 'now'> & {
  readonly lines: (chatId: bigint) => Promise<readonly ChatLine[]>
}

/** What of a chat belongs to tickets that the viewer must not learn of. */
interface Hidden {
  readonly numbers: readonly number[]
  readonly moments: readonly (Span & { readonly at: Date })[]
}

/**
 * Makes the use case: what was said in the chat, the bot's lines by `bot`. What belongs to the person's anonymous tickets, or to
 * others that the viewer may not see, is left out: it would tell whose they are.
 */
export function createReadTranscript(deps: Deps): TicketDesk['transcript'] {
  return async (viewer, number) => {
    const found = await deps.store.transact(async (transaction) => {
      const visible = await findVisible(deps, transaction, viewer, number)
      if (visible === undefined || visible.ticket.anonymous) return undefined
      await noteDeed(deps, transaction, { viewer, number, action: 'ticket.transcript', now: deps.now() })
      return { chatId: visible.chatId, hidden: await hiddenOf(deps, transaction, viewer, visible) }
    })
    if (found === undefined) return []
    const lines = await deps.lines(found.chatId)
    return lines.filter((line) => !isHidden(line, found.hidden)).map(entryOf)
  }
}

async function hiddenOf(
  { store }: Deps,
  transaction: Transaction,
  viewer: Officer,
  { contactId, ticket }: StoredTicket,
): Promise<Hidden> {
  const sight = sightOf(viewer)
  const all = await store.ofContact(transaction, contactId, mostLookedAt)
  const others = all.flatMap(({ ticket: other }) =>
    other.number !== ticket.number && (other.anonymous || !isVisible(sight, other)) ? [other] : [],
  )
  const moments: Hidden['moments'][number][] = []
  for (const { number, kind, anonymous } of others) {
    const span = anonymous || isAnonymousKind(kind) ? report : ordinary
    const entries = await store.entries(transaction, number)
    moments.push(
      ...entries.flatMap(({ entry }) => (entry.type === 'note' ? [] : [{ ...span, at: entry.at }])),
    )
  }
  return { numbers: others.map(({ number }) => number), moments }
}

function isHidden({ text, at }: ChatLine, { numbers, moments }: Hidden): boolean {
  const near = moments.some((moment) => {
    const later = at.getTime() - moment.at.getTime()
    return later > -moment.beforeMs && later < moment.afterMs
  })
  return near || numbers.some((number) => new RegExp(`(?<!\\d)${number}(?!\\d)`).test(text))
}

function entryOf({ from, text, at, media = [] }: ChatLine, index: number): TicketEntry {
  return {
    id: BigInt(index + 1),
    type: from === 'person' ? 'resident' : 'officer',
    at,
    text: masked(text),
    by: from === 'person' ? undefined : 'bot',
    media: media.map(({ id }) => id),
    delivery: undefined,
  }
}
