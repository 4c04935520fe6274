import { recipientStates } from '../../../broadcast/broadcast.ts'
import { fill } from '../../../language/fill-text.ts'
import { csvStream } from '../desk-csv.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { type BroadcastPagesDeps, isOpen, numberOf, pathOf, route } from './broadcast-deps.ts'
import { noBroadcast } from './no-broadcast.ts'
import { recipientsCsv } from './recipients-csv.ts'
import { historyPage, recipientsPage } from './recipients-page.ts'

const one = '/siaran/:number/penerima'
const rowsOnPage = 50

/** Who was told, masked: pages, a file, and what one of them was sent by others. */
export function recipientRoutes(deps: BroadcastPagesDeps): readonly DeskRoute[] {
  return [
    route('get', one, (visit) => showRecipients(deps, visit)),
    route('get', `${one}.csv`, (visit) => download(deps, visit)),
    route('get', `${one}/:id{[0-9]{1,18}}`, (visit) => showHistory(deps, visit)),
  ]
}

async function showRecipients(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const { desk, texts } = deps
  const number = numberOf(visit)
  const view = number === undefined ? undefined : await desk.read(visit.officer, number)
  if (number === undefined || view === undefined) return noBroadcast(deps, visit)
  const { keadaan, sesudah } = visit.context.req.query()
  const state = recipientStates.find((known) => known === keadaan)
  const after = BigInt(/^\d{1,18}$/.exec(sesudah ?? '')?.[0] ?? '0')
  // Of one that was not approved there is nobody to be looked at.
  const page = isOpen(view.broadcast)
    ? undefined
    : await desk.recipientPage(visit.officer, number, { state, after, limit: rowsOnPage })
  const body = recipientsPage(texts, {
    ...{ view, state, isFirst: after === 0n, lines: page?.lines ?? [], next: page?.next },
  })
  return visit.page({ title: fill(texts.recipients.title, { number }), section: 'broadcasts', body })
}

async function download(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const { desk, texts } = deps
  const number = numberOf(visit)
  const view = number === undefined ? undefined : await desk.read(visit.officer, number)
  if (number === undefined || view === undefined) return noBroadcast(deps, visit)
  if (isOpen(view.broadcast)) return visit.redirect(pathOf(number), texts.recipients.not_yet)
  return csvStream(
    visit.context,
    `siaran-${number}`,
    recipientsCsv(texts, desk.recipients(visit.officer, number)),
  )
}

async function showHistory(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const number = numberOf(visit)
  const id = BigInt(visit.context.req.param('id') ?? '0')
  const lines = number === undefined ? undefined : await deps.desk.history(visit.officer, id)
  const own = lines?.find((line) => line.id === id)
  if (number === undefined || lines === undefined || own === undefined || own.broadcast !== number)
    return noBroadcast(deps, visit, 'unknown_person')
  const title = fill(deps.texts.history.title, { masked: own.masked })
  return visit.page({ title, section: 'broadcasts', body: historyPage(deps.texts, number, own, lines) })
}
