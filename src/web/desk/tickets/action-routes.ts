import { closeReasons } from '../../../inquiry/ticket.ts'
import type { Done } from '../../../inquiry/ticket-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { officeTitle, type TicketPagesDeps } from './ticket-deps.ts'
import { colleagues, goOn, noTicket, numberOf, showTicket } from './ticket-visit.ts'

type Fields = Readonly<Record<string, string>>

/** What can be done with a ticket besides answering it. */
export function actionRoutes(deps: TicketPagesDeps): readonly DeskRoute[] {
  return [...pressRoutes(deps), ...wordRoutes(deps)]
}

/** What needs no word more than the press of a button. */
function pressRoutes(deps: TicketPagesDeps): readonly DeskRoute[] {
  const { desk } = deps
  const { done } = deps.texts
  const presses = [
    ['ambil', desk.claim, done.claim],
    ['lepas', desk.release, done.release],
    ['bot', desk.handBack, done.hand_back],
    ['tanya', desk.askSolved, done.ask_solved],
    ['hapus', desk.erase, done.erase],
    ['buka', desk.reopen, done.reopen],
  ] as const
  return presses.map(([name, act, flash]) =>
    ticketPost(deps, name, async (visit, number) =>
      goOn(deps, visit, { number, flash, done: await act(visit.officer, number) }),
    ),
  )
}

function wordRoutes(deps: TicketPagesDeps): readonly DeskRoute[] {
  return [
    ticketPost(deps, 'catatan', (visit, number, fields) => writeNote(deps, visit, number, fields)),
    ticketPost(deps, 'tugas', (visit, number, fields) => assign(deps, visit, number, fields)),
    ticketPost(deps, 'teruskan', (visit, number, fields) => transfer(deps, visit, number, fields)),
    ticketPost(deps, 'tutup', (visit, number, fields) => close(deps, visit, number, fields)),
    ticketPost(deps, 'gabung', (visit, number, fields) => merge(deps, visit, number, fields)),
  ]
}

function ticketPost(
  deps: TicketPagesDeps,
  name: string,
  act: (visit: DeskVisit, number: number, fields: Fields) => Promise<Response>,
): DeskRoute {
  return {
    method: 'post',
    path: `/tiket/:number/${name}`,
    permission: 'tickets',
    async handle(visit) {
      const number = numberOf(visit)
      return number === undefined ? noTicket(deps, visit) : act(visit, number, await visit.fields())
    },
  }
}

async function writeNote(
  deps: TicketPagesDeps,
  visit: DeskVisit,
  number: number,
  fields: Fields,
): Promise<Response> {
  const note = (fields.note ?? '').replaceAll('\r\n', '\n')
  const done = await deps.desk.note(visit.officer, number, note)
  return goOn(deps, visit, { number, done, flash: deps.texts.done.note, given: { note } })
}

async function assign(
  deps: TicketPagesDeps,
  visit: DeskVisit,
  number: number,
  fields: Fields,
): Promise<Response> {
  const view = await deps.desk.read(visit.officer, number)
  if (view === undefined) return noTicket(deps, visit)
  const to = (await colleagues(deps, visit.officer, view)).find(({ id }) => id === fields.rekan)
  if (to === undefined) return refuse(deps, visit, number, 'no_colleague')
  const { id, name, roles, kelurahan } = to
  const done = await deps.desk.assign(visit.officer, number, { id, name, roles, kelurahan })
  return goOn(deps, visit, { number, done, flash: fill(deps.texts.done.assign, { name }) })
}

async function transfer(
  deps: TicketPagesDeps,
  visit: DeskVisit,
  number: number,
  fields: Fields,
): Promise<Response> {
  const office = deps.offices.find(({ code }) => code === fields.kantor)?.code
  if (office === undefined) return refuse(deps, visit, number, 'no_office')
  const done = await deps.desk.transfer(visit.officer, number, office)
  const flash = fill(deps.texts.done.transfer, { number, office: officeTitle(deps, office) })
  // It may be out of sight from here on.
  return goOn(deps, visit, { number, done, flash, to: '/tiket' })
}

async function close(
  deps: TicketPagesDeps,
  visit: DeskVisit,
  number: number,
  fields: Fields,
): Promise<Response> {
  const reason = closeReasons.find((one) => one === fields.alasan)
  if (reason === undefined) return refuse(deps, visit, number, 'no_reason')
  const done = await deps.desk.close(visit.officer, number, reason)
  return goOn(deps, visit, { number, done, flash: deps.texts.done.close })
}

async function merge(
  deps: TicketPagesDeps,
  visit: DeskVisit,
  number: number,
  fields: Fields,
): Promise<Response> {
  const into = Number(/^\s*#?(\d{1,9})\s*$/.exec(fields.ke ?? '')?.[1] ?? Number.NaN)
  if (Number.isNaN(into) || into === number) return refuse(deps, visit, number, 'no_ticket')
  const done: Done = await deps.desk.merge(visit.officer, number, into)
  // The own ticket is there: it is the other one that is not, or not of the same person.
  if (done.type === 'unknown') return refuse(deps, visit, number, 'no_ticket')
  const flash = fill(deps.texts.done.merge, { number })
  return goOn(deps, visit, { number, done, flash, to: `/tiket/${into}` })
}

function refuse(
  deps: TicketPagesDeps,
  visit: DeskVisit,
  number: number,
  why: 'no_colleague' | 'no_office' | 'no_reason' | 'no_ticket',
): Promise<Response> {
  return showTicket(deps, visit, number, { refusal: deps.texts.refused[why] }, 422)
}
