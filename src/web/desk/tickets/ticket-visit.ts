import { html } from 'hono/html'
import type { Done, TicketView } from '../../../inquiry/ticket-desk.ts'
import { isVisible, sightOf } from '../../../inquiry/visible.ts'
import { fill } from '../../../language/fill-text.ts'
import { may, type Officer } from '../../../staff/officer.ts'
import { deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { Draft } from './answer-form.ts'
import { refusalStatus, refusalText } from './refusal-text.ts'
import type { TicketPagesDeps } from './ticket-deps.ts'
import { lastId } from './ticket-live.ts'
import { type ShownTicket, ticketPage } from './ticket-page.ts'

/** What a page of a ticket is made with besides the ticket itself. */
interface Given extends Partial<Pick<ShownTicket, 'note' | 'refusal' | 'newSince'>> {
  readonly draft?: Partial<Draft>
}

/** The number that a path names; undefined when it is none. */
export function numberOf({ context }: DeskVisit): number | undefined {
  const text = context.req.param('number') ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** The page of a ticket, or that there is none: nobody is told whether one exists that they may not see. */
export async function showTicket(
  deps: TicketPagesDeps,
  visit: DeskVisit,
  number: number | undefined,
  given: Given | ((view: TicketView) => Given) = {},
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  if (number === undefined) return noTicket(deps, visit)
  const mark = deps.changes.mark(number, visit.officer.id)
  const view = await deps.desk.read(visit.officer, number)
  if (view === undefined) return noTicket(deps, visit)
  const more = typeof given === 'function' ? given(view) : given
  const shown: ShownTicket = {
    view,
    colleagues: await colleagues(deps, visit.officer, view),
    mark,
    note: '',
    ...more,
    draft: { text: '', key: deps.newKey(), seen: lastId(view.entries), ...more.draft },
  }
  const title = `${fill(deps.texts.ticket.title, { number: view.ticket.number })}`
  return visit.page({ title, body: ticketPage(deps, visit, shown), section: 'tickets' }, status)
}

/** A page that says that there is no such ticket, or no such file of one. */
export async function noTicket(
  { texts }: TicketPagesDeps,
  visit: DeskVisit,
  what: 'unknown' | 'media' = 'unknown',
): Promise<Response> {
  const { title, text } = texts.refused[what]
  const body = html`<h1>${title}</h1><p>${text}</p><p><a class="button second" href="${deskHref('/tiket')}">${texts.ticket.back}</a></p>`
  return visit.page({ title, body, section: 'tickets' }, 404)
}

/** Goes on after a wish: to a page when it was done, else to the ticket with the reason why not. */
export async function goOn(
  deps: TicketPagesDeps,
  visit: DeskVisit,
  step: {
    readonly number: number
    readonly done: Done
    readonly flash: string
    readonly given?: Given
    /** Where to go instead of to the ticket. */
    readonly to?: string
  },
): Promise<Response> {
  const { number, done, flash, given, to = `/tiket/${number}` } = step
  if (done.type === 'done') return visit.redirect(to, flash)
  if (done.type === 'unknown') return noTicket(deps, visit)
  const status = refusalStatus(done)
  return showTicket(
    deps,
    visit,
    number,
    { ...given, refusal: refusalText(deps.texts, done) },
    status === 404 ? 409 : status,
  )
}

/** Those to whom a ticket may be given: who work here, may answer tickets, and may see this one. */
export async function colleagues(
  { accounts }: Pick<TicketPagesDeps, 'accounts'>,
  viewer: Officer,
  { ticket }: TicketView,
): Promise<readonly Officer[]> {
  const all = await accounts.list()
  return all.filter(
    (account) =>
      account.state === 'active' &&
      account.id !== viewer.id &&
      account.id !== ticket.holder?.id &&
      may(account, 'tickets') &&
      isVisible(sightOf(account), ticket),
  )
}
