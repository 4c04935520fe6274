import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Offices } from '../../../inquiry/offices.ts'
import { csvLine } from '../../../language/csv-cell.ts'
import { fill } from '../../../language/fill-text.ts'
import type { Keyring } from '../../../storage/keyring.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { createSealedSearch, holdsLongNumber } from '../sealed-search.ts'
import { actionRoutes } from './action-routes.ts'
import { answerRoutes, cannedText } from './answer-routes.ts'
import type { CannedAnswer } from './canned-answers.ts'
import { ticketCells } from './list-csv.ts'
import { newsPart } from './list-news.ts'
import { listPage } from './list-page.ts'
import { type ListWish, readWish, wishPath } from './list-wish.ts'
import { mediaResponse } from './media-response.ts'
import { openingHours } from './opening-hours.ts'
import type { TicketPagesDeps } from './ticket-deps.ts'
import { quietNews, readTail, ticketNews } from './ticket-live.ts'
import type { TicketTexts } from './ticket-texts.ts'
import { noTicket, numberOf, showTicket } from './ticket-visit.ts'
import { transcriptPage } from './transcript-page.ts'

/** What the ticket pages are made of. */
export interface TicketRoutesDeps
  extends Pick<TicketPagesDeps, 'desk' | 'accounts' | 'kelurahanName' | 'changes' | 'now'> {
  readonly offices: Pick<Offices, 'offices' | 'hours'>
  readonly secrets: Pick<Keyring, 'seal' | 'open'>
  /** `flows/content/meja-tiket.yaml` and `flows/content/jawaban.yaml`, parsed. */
  readonly texts: TicketTexts
  readonly answers: readonly CannedAnswer[]
}

/** All pages and actions about tickets. What an officer may not see is answered as if it were not there. */
export function ticketRoutes({ offices, secrets, ...given }: TicketRoutesDeps): readonly DeskRoute[] {
  const deps: TicketPagesDeps = {
    ...given,
    offices: [...offices.offices.values()],
    openingHours: openingHours(given.texts, offices.hours),
    searches: createSealedSearch(secrets, 'tickets'),
    newKey: () => randomUUID(),
  }
  const script = readFileSync(new URL('./typing.js', import.meta.url), 'utf8')
  const pages = [
    page('/tiket', (visit) => showList(deps, visit)),
    page('/tiket/kabar', (visit) => tellListNews(deps, visit)),
    page('/tiket.csv', (visit) => giveCsv(deps, visit)),
    page('/tiket/ketik.js', async ({ context }) => {
      return context.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' })
    }),
    page('/tiket/:number', (visit) => openTicket(deps, visit)),
    page('/tiket/:number/baru', (visit) => tellTicketNews(deps, visit)),
    page('/tiket/:number/percakapan', (visit) => showTranscript(deps, visit)),
    page('/tiket/:number/media/:id', (visit) => giveMedia(deps, visit)),
  ]
  const search: DeskRoute = { ...page('/tiket/cari', (visit) => takeSearch(deps, visit)), method: 'post' }
  return [...pages, search, ...answerRoutes(deps), ...actionRoutes(deps)]
}

function page(path: string, handle: DeskRoute['handle']): DeskRoute {
  return { method: 'get', path, permission: 'tickets', handle }
}

async function showList(deps: TicketPagesDeps, visit: DeskVisit): Promise<Response> {
  const filter = wishOf(deps, visit)
  const list = await deps.desk.list(visit.officer, filter)
  const { list: words } = deps.texts
  const body = listPage(deps, visit, filter, list)
  return visit.page({ title: `${words.queues[filter.queue]} · ${words.title}`, body, section: 'tickets' })
}

function wishOf({ searches }: TicketPagesDeps, { context, officer }: DeskVisit): ListWish {
  return readWish(context.req.query(), (sealed) => searches.open(officer.id, sealed))
}

const longestSearch = 100

/** Goes to the list of what was asked for, whose address holds what was typed only sealed. */
async function takeSearch(deps: TicketPagesDeps, visit: DeskVisit): Promise<Response> {
  const { cari = '', ...choices } = await visit.fields()
  const wish = readWish(choices, () => undefined)
  const asked = cari.trim()
  if (holdsLongNumber(asked)) return visit.redirect(wishPath(wish), deps.texts.list.search_refused)
  if (asked === '') return visit.redirect(wishPath(wish))
  const sealed = deps.searches.seal(visit.officer.id, asked.slice(0, longestSearch))
  return visit.redirect(wishPath({ ...wish, sealed }))
}

async function tellListNews(deps: TicketPagesDeps, visit: DeskVisit): Promise<Response> {
  const filter = wishOf(deps, visit)
  const shown = (visit.context.req.query('tampak') ?? '')
    .split('.')
    .filter((text) => /^\d{1,9}$/.test(text))
    .map(Number)
  const list = await deps.desk.list(visit.officer, filter, 'counts')
  const body = newsPart(deps, visit.officer, { filter, shown: shown.slice(0, 200), list })
  return visit.page({ title: deps.texts.list.title, body, section: 'tickets' })
}

async function giveCsv(deps: TicketPagesDeps, visit: DeskVisit): Promise<Response> {
  const filter = wishOf(deps, visit)
  const rows = await ticketCells(deps, visit.officer, filter)
  // The mark at the start has spreadsheet programs read it as UTF-8.
  return visit.context.body(`\uFEFF${rows.map(csvLine).join('')}`, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': 'attachment; filename="tiket.csv"',
  })
}

async function openTicket(deps: TicketPagesDeps, visit: DeskVisit): Promise<Response> {
  const number = numberOf(visit)
  const wanted = visit.context.req.query('jawaban')
  if (wanted === undefined || number === undefined) return showTicket(deps, visit, number)
  return showTicket(deps, visit, number, (view) => ({
    draft: { text: cannedText(deps, visit, view, wanted) },
  }))
}

async function tellTicketNews(deps: TicketPagesDeps, visit: DeskVisit): Promise<Response> {
  const number = numberOf(visit)
  if (number === undefined) return noTicket(deps, visit)
  const tail = readTail(number, visit.context.req.query())
  const newMark = deps.changes.mark(number, visit.officer.id)
  const title = fill(deps.texts.ticket.title, { number })
  if (newMark === tail.mark && tail.looks === 0) {
    const body = quietNews(tail)
    return body === undefined ? visit.context.body(null, 204) : visit.page({ title, body })
  }
  const view = await deps.desk.read(visit.officer, number)
  if (view === undefined) return noTicket(deps, visit)
  return visit.page({ title, body: ticketNews(deps, visit.officer, view, { ...tail, newMark }) })
}

async function showTranscript(deps: TicketPagesDeps, visit: DeskVisit): Promise<Response> {
  const number = numberOf(visit)
  const view = number === undefined ? undefined : await deps.desk.read(visit.officer, number)
  if (number === undefined || view === undefined) return noTicket(deps, visit)
  const entries = await deps.desk.transcript(visit.officer, number)
  const title = fill(deps.texts.transcript.title, { number })
  return visit.page({ title, body: transcriptPage(deps, number, entries), section: 'tickets' })
}

async function giveMedia(deps: TicketPagesDeps, visit: DeskVisit): Promise<Response> {
  const number = numberOf(visit)
  const id = /^[\w-]{1,64}$/.exec(visit.context.req.param('id') ?? '')?.[0]
  const file =
    number === undefined || id === undefined ? undefined : await deps.desk.media(visit.officer, number, id)
  if (file === undefined) return noTicket(deps, visit, 'media')
  return mediaResponse(file, visit.context.req.query('kecil') !== undefined)
}
