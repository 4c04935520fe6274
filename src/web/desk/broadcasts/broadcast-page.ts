import { html } from 'hono/html'
import type { BroadcastView, TesterChat } from '../../../broadcast/broadcast-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatNumber } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { shortMoment } from '../desk-time.ts'
import { countPart } from './audience-part.ts'
import { type BroadcastPagesDeps, isOpen, pathOf } from './broadcast-deps.ts'
import type { BroadcastTexts } from './broadcast-texts.ts'
import { changesPart, factsPart } from './facts-part.ts'
import { tail } from './live-part.ts'
import { moreMoves, nextMoves, type Pressed } from './moves-part.ts'
import { nextPart, type Outlook } from './next-part.ts'
import { previewBody, shownOf } from './preview-part.ts'
import { progressPart } from './progress-part.ts'
import { standingPart } from './standing-part.ts'
import { type Tested, testPart } from './test-part.ts'

/** A broadcast with what was done or refused just now. */
export interface ShownBroadcast extends Outlook {
  readonly refusal?: string | undefined
  readonly pressed?: Pressed | undefined
  readonly tested?: Tested | undefined
  /** The officer's own chats in which broadcasts were shown. */
  readonly testers: readonly TesterChat[]
}

/** One broadcast: before it is sent all that one decides by, afterwards what became of it. */
export function broadcastPage(
  deps: BroadcastPagesDeps,
  visit: Pick<DeskVisit, 'csrf' | 'officer'>,
  shown: ShownBroadcast,
): Html {
  const { texts } = deps
  const { view, refusal, pressed } = shown
  const { broadcast, moves } = view
  const { number, title: name } = broadcast
  const edit = moves.includes('edit')
    ? html`<p class="actions"><a class="button second" href="${deskHref(pathOf(number, '/ubah'))}">${texts.page.edit}</a></p>`
    : ''
  const deeds = html`<div id="tindakan">${nextMoves(deps, visit, view, { pressed, count: shown.count })}</div>`
  return html`<div class="course broadcast">${partsOf(texts, view, 'main')}
<h1>${fill(texts.page.title, { number, name })}</h1>
<div id="keadaan" role="status">${standingPart(deps, broadcast)}</div>
${refusal === undefined ? '' : html`<div class="notice" role="alert" tabindex="-1"${pressed === undefined ? html` autofocus` : ''}><p><b>${texts.refused.title}.</b> ${refusal}</p></div>`}${edit}
<div class="course-columns"><div class="course-main">${mainPart(deps, shown, deeds)}</div>
<div class="course-rest">${isOpen(broadcast) ? html`${deeds}${testSection(deps, visit, shown)}` : ''}
<section><h2>${texts.page.facts_title}</h2>${factsPart(deps, broadcast)}</section>
<div id="riwayat">${changesPart(deps, view)}</div><div id="tindakan-lain">${moreMoves(deps, visit, view, pressed)}</div></div></div>${tail(view)}</div>
<script src="${deskHref('/siaran/halaman.js')}" defer></script>`
}

/** What is read before it is decided comes before the buttons; once it is sent, the buttons come first. */
function mainPart(deps: BroadcastPagesDeps, shown: ShownBroadcast, deeds: Html): Html {
  const { view } = shown
  const { broadcast } = view
  if (isOpen(broadcast))
    return html`${previewSection(deps, view)}${audienceSection(deps, shown)}${nextPart(deps, shown)}`
  const next = broadcast.state === 'approved' ? nextPart(deps, shown) : ''
  return html`${deeds}${progressSection(deps.texts, view)}${next}${audienceSection(deps, shown)}${previewSection(deps, view)}`
}

/** The way between the pages of one broadcast; until it is approved there is only this one. */
export function partsOf(
  { page }: BroadcastTexts,
  { broadcast }: Pick<BroadcastView, 'broadcast'>,
  here: 'main' | 'recipients',
): Html {
  const back = html`<p class="back"><a href="${deskHref('/siaran')}">${page.back}</a></p>`
  if (isOpen(broadcast)) return back
  const link = (path: string, label: string, isHere: boolean) =>
    html`<li><a href="${deskHref(pathOf(broadcast.number, path))}"${isHere ? html` aria-current="page"` : ''}>${label}</a></li>`
  return html`${back}<nav class="parts" aria-label="${page.parts_label}"><ul>${link('', page.part_main, here === 'main')}${link('/penerima', page.part_recipients, here === 'recipients')}</ul></nav>`
}

function progressSection(texts: BroadcastTexts, view: BroadcastView): Html | '' {
  if (isOpen(view.broadcast)) return ''
  return html`<section><h2>${texts.progress.title}</h2><div id="angka">${progressPart(texts, view)}</div></section>`
}

function audienceSection(deps: BroadcastPagesDeps, { view, count }: ShownBroadcast): Html {
  const { audience } = deps.texts
  const { audienceSize, approvedAt } = view.broadcast
  const body =
    count === undefined
      ? html`<p>${fill(audience.frozen, {
          count: formatNumber(audienceSize ?? 0),
          time: approvedAt === undefined ? '' : shortMoment(approvedAt),
        })}</p><p class="hint">${audience.frozen_hint}</p>`
      : countPart(deps, count)
  return html`<section><h2>${audience.title}</h2>${body}</section>`
}

function previewSection(deps: BroadcastPagesDeps, { broadcast }: BroadcastView): Html {
  return html`<section class="preview"><h2>${deps.texts.preview.title}</h2>${previewBody(deps, shownOf(deps, broadcast), broadcast.media)}</section>`
}

function testSection(
  deps: BroadcastPagesDeps,
  visit: Pick<DeskVisit, 'csrf'>,
  { view, tested, testers: chats }: ShownBroadcast,
): Html {
  const { title } = deps.texts.test
  return html`<section class="panel"><h2>${title}</h2><div id="uji">${testPart(deps, visit, view.broadcast.number, { tested, chats })}</div></section>`
}
