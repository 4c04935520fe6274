import { html } from 'hono/html'
import type { BroadcastView } from '../../../broadcast/broadcast-desk.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { byItself } from '../desk-part.ts'
import type { DeskVisit } from '../desk-route.ts'
import { part } from '../tickets/list-news.ts'
import { type BroadcastPagesDeps, isOpen, isOver, pathOf } from './broadcast-deps.ts'
import { changesPart } from './facts-part.ts'
import { moreMoves, nextMoves } from './moves-part.ts'
import { progressPart } from './progress-part.ts'
import { standingPart } from './standing-part.ts'

const sendingSeconds = 2
/** While nothing goes out it may still begin, or a colleague may let it go on. */
const waitingSeconds = 10

/** By what a page knows that more than figures became otherwise. */
function markOf({ broadcast, moves }: BroadcastView): string {
  const { state, phase, pauseReason, canaryUntil } = broadcast
  return [state, phase, pauseReason, canaryUntil?.getTime(), ...moves].filter(Boolean).join('-')
}

/** What asks again and again how far it is, and is replaced by the answer's own; it asks no more once it is over. */
export function tail(view: BroadcastView): Html {
  const { broadcast } = view
  if (isOpen(broadcast) || isOver(broadcast)) return html`<div id="ekor" hidden></div>`
  const seconds = broadcast.state === 'sending' ? sendingSeconds : waitingSeconds
  const query = new URLSearchParams({ tampak: markOf(view) })
  const path = deskHref(pathOf(broadcast.number, `/kabar?${query}`))
  return html`<div id="ekor" hidden hx-get="${path}" hx-trigger="every ${seconds}s"${byItself} hx-swap="outerHTML"></div>`
}

/** The answer to a tail: a new one, the figures, and where it stands with its buttons only if that became otherwise. */
export function liveNews(
  deps: BroadcastPagesDeps,
  visit: Pick<DeskVisit, 'csrf' | 'officer'>,
  view: BroadcastView,
  shown: string | undefined,
): Html {
  const isSame = shown === markOf(view)
  const others = isSame
    ? ''
    : html`${part('keadaan', standingPart(deps, view.broadcast))}${part('tindakan', html`${nextMoves(deps, visit, view)}`)}${part('tindakan-lain', moreMoves(deps, visit, view))}${part('riwayat', html`${changesPart(deps, view)}`)}`
  return html`${tail(view)}${part('angka', progressPart(deps.texts, view))}${others}`
}
