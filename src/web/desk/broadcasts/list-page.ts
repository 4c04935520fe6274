import { html } from 'hono/html'
import type { Figures } from '../../../broadcast/broadcast.ts'
import type { BroadcastLine } from '../../../broadcast/broadcast-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatNumber } from '../../../language/format.ts'
import { may, type Officer } from '../../../staff/officer.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { deskTable } from '../desk-table.ts'
import { shortMoment } from '../desk-time.ts'
import { type BroadcastPagesDeps, pathOf } from './broadcast-deps.ts'
import { broadcastPill } from './broadcast-pill.ts'

/** The broadcasts; `all`: also those that are over. */
export function listPage(
  deps: BroadcastPagesDeps,
  viewer: Officer,
  lines: readonly BroadcastLine[],
  all: boolean,
): Html {
  const { list } = deps.texts
  const body =
    lines.length === 0
      ? html`<p class="panel">${all ? list.none : list.none_current}</p>`
      : table(deps, waitingFirst(viewer, lines))
  return html`<div class="trainings broadcasts"><h1>${list.title}</h1>
<p class="actions"><a class="button" href="${deskHref('/siaran/baru')}">${list.new}</a></p>${choice(deps, all)}${body}</div>`
}

/** Who may approve looks for what waits for that. */
function waitingFirst(viewer: Officer, lines: readonly BroadcastLine[]): readonly BroadcastLine[] {
  if (!may(viewer, 'broadcast_approval')) return lines
  const isWaiting = ({ broadcast }: BroadcastLine) => broadcast.state === 'proposed'
  return [...lines.filter(isWaiting), ...lines.filter((line) => !isWaiting(line))]
}

function choice({ texts }: BroadcastPagesDeps, all: boolean): Html {
  const { list } = texts
  const link = (path: string, label: string, isHere: boolean) =>
    html`<li><a href="${deskHref(path)}"${isHere ? html` aria-current="page"` : ''}>${label}</a></li>`
  return html`<nav class="parts" aria-label="${list.filter}"><ul>${link('/siaran', list.current, !all)}${link('/siaran?semua=ya', list.all, all)}</ul></nav>`
}

function table(deps: BroadcastPagesDeps, lines: readonly BroadcastLine[]): Html {
  const { texts } = deps
  const { list, list_columns: columns } = texts
  return deskTable({
    caption: list.caption,
    columns: [columns.broadcast, columns.state, columns.who, columns.when, columns.progress],
    rows: lines.map(({ broadcast, figures }) => [
      html`<a href="${deskHref(pathOf(broadcast.number))}">${broadcast.number}. ${broadcast.title}</a>`,
      broadcastPill(texts, broadcast),
      broadcast.editedBy ?? broadcast.createdBy ?? texts.program,
      whenText(deps, broadcast),
      figures === undefined ? audienceText(deps, broadcast) : progressCell(deps, broadcast.number, figures),
    ]),
  })
}

/** The moment that matters in the state that it is in. */
function whenText({ texts }: BroadcastPagesDeps, broadcast: BroadcastLine['broadcast']): string {
  const { state, createdAt, proposedAt, approvedAt, scheduledAt, startedAt, pausedAt, endedAt } = broadcast
  if (state === 'approved' && scheduledAt !== undefined)
    return fill(texts.list_when.scheduled, { time: shortMoment(scheduledAt) })
  const times = {
    ...{ draft: createdAt, proposed: proposedAt, approved: approvedAt, sending: startedAt },
    ...{ paused: pausedAt, finished: endedAt, cancelled: endedAt },
  }
  const at = times[state]
  return at === undefined ? '' : fill(texts.list_when[state], { time: shortMoment(at) })
}

function audienceText({ texts }: BroadcastPagesDeps, { audienceSize }: BroadcastLine['broadcast']): string {
  return audienceSize === undefined ? '' : fill(texts.list.audience, { audience: formatNumber(audienceSize) })
}

function progressCell({ texts }: BroadcastPagesDeps, number: number, figures: Figures): Html {
  const { list } = texts
  const done = doneOf(figures)
  const line = fill(list.progress, { done: formatNumber(done), audience: formatNumber(figures.audience) })
  const failed =
    figures.failed === 0
      ? ''
      : html` <span class="hint">${fill(list.failed, { count: formatNumber(figures.failed) })}</span>`
  const label = fill(list.progress_label, { number })
  return html`<span class="few">${line}</span>${failed} <progress max="${Math.max(figures.audience, 1)}" value="${done}" aria-label="${label}"></progress>`
}

/** For how many it is decided what became of their message. */
export function doneOf({ sent, failed, suppressed, unknown }: Figures): number {
  return sent + failed + suppressed + unknown
}
