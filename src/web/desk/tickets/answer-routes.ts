import type { TicketView } from '../../../inquiry/ticket-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatMoment } from '../../../language/format.ts'
import { wantsPart } from '../desk-request.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { timeOfDay } from '../desk-time.ts'
import { type Draft, textField } from './answer-form.ts'
import { answersFor, fillAnswer, unfilledPlaces } from './canned-answers.ts'
import { officeTitle, type TicketPagesDeps } from './ticket-deps.ts'
import { goOn, noTicket, numberOf, showTicket } from './ticket-visit.ts'

/** Answering: the answer itself, and a canned answer put into its form. */
export function answerRoutes(deps: TicketPagesDeps): readonly DeskRoute[] {
  return [
    {
      method: 'post',
      path: '/tiket/:number/jawab',
      permission: 'tickets',
      handle: (visit) => sendAnswer(deps, visit),
    },
    {
      method: 'post',
      path: '/tiket/:number/isi',
      permission: 'tickets',
      handle: (visit) => fillIn(deps, visit),
    },
  ]
}

/** The canned answer of a name, filled in for a ticket; empty for none that fits. */
export function cannedText(
  deps: TicketPagesDeps,
  { officer }: Pick<DeskVisit, 'officer'>,
  { ticket }: TicketView,
  id: string | undefined,
): string {
  const answer = answersFor(deps.answers, ticket).find((one) => one.id === id)
  if (answer === undefined) return ''
  return fillAnswer(answer, {
    nomor: String(ticket.number),
    kantor: officeTitle(deps, ticket.office),
    nama_petugas: officer.name,
    jam_kerja: deps.openingHours,
    janji: formatMoment(ticket.promisedAt),
    salam: deps.texts.greetings[timeOfDay(deps.now())],
  })
}

async function sendAnswer(deps: TicketPagesDeps, visit: DeskVisit): Promise<Response> {
  const number = numberOf(visit)
  if (number === undefined) return noTicket(deps, visit)
  const { draft } = await readDraft(deps, visit)
  const open = unfilledPlaces(deps.answers, draft.text)
  if (open.length > 0) {
    const refusal = fill(deps.texts.refused.unfilled, { places: open.join(' ') })
    return showTicket(deps, visit, number, { draft, refusal }, 422)
  }
  const done = await deps.desk.answer(visit.officer, number, draft)
  if (done.type !== 'moved')
    return goOn(deps, visit, { number, done, flash: deps.texts.done.answer, given: { draft } })
  // What is new stands above the kept answer: sent again, it is sent by somebody who has read that.
  const { text, key, seen } = draft
  const given = { draft: { text, key }, newSince: seen, refusal: deps.texts.refused.moved }
  return showTicket(deps, visit, number, given, 409)
}

async function fillIn(deps: TicketPagesDeps, visit: DeskVisit): Promise<Response> {
  const number = numberOf(visit)
  const view = number === undefined ? undefined : await deps.desk.read(visit.officer, number)
  if (number === undefined || view === undefined) return noTicket(deps, visit)
  const { draft, fields } = await readDraft(deps, visit)
  const text = [draft.text.trim(), cannedText(deps, visit, view, fields.jawaban)]
    .filter((part) => part !== '')
    .join('\n\n')
  if (wantsPart(visit.context))
    return visit.page({ title: deps.texts.answer.title, body: textField(deps, text) })
  return showTicket(deps, visit, number, { draft: { ...draft, text } })
}

async function readDraft(
  deps: TicketPagesDeps,
  visit: DeskVisit,
): Promise<{ readonly draft: Draft; readonly fields: Readonly<Record<string, string>> }> {
  const fields = await visit.fields()
  const seen = /^\d{1,18}$/.exec(fields.seen ?? '')?.[0] ?? '0'
  const key = /^[\w-]{8,64}$/.exec(fields.key ?? '')?.[0] ?? deps.newKey()
  // Browsers send line ends as CR LF.
  const text = (fields.text ?? '').replaceAll('\r\n', '\n')
  return { draft: { text, key, seen: BigInt(seen) }, fields }
}
