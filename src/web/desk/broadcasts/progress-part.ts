import { html } from 'hono/html'
import type { Figures } from '../../../broadcast/broadcast.ts'
import type { BroadcastView } from '../../../broadcast/broadcast-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatNumber } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { shortMoment } from '../desk-time.ts'
import { pathOf } from './broadcast-deps.ts'
import type { BroadcastTexts } from './broadcast-texts.ts'
import { doneOf } from './list-page.ts'

/** What became of a broadcast by now: a bar, the figures, why not, and the public posts. What was not sent is never part of success. */
export function progressPart(texts: BroadcastTexts, view: BroadcastView): Html {
  const { figures, broadcast } = view
  if (figures === undefined) return html`${postList(texts, view)}`
  return html`${bar(texts, figures)}${numbers(texts, figures)}
<ul class="file-links"><li><a class="roomy" href="${deskHref(pathOf(broadcast.number, '/penerima'))}">${texts.progress.recipients}</a></li><li><a class="roomy" href="${deskHref(pathOf(broadcast.number, '/penerima.csv'))}" download>${texts.progress.csv}</a></li></ul>${postList(texts, view)}`
}

const width = 1000

/** One bar of several colours; its label says in words what it shows. */
function bar({ progress }: BroadcastTexts, figures: Figures): Html {
  const { audience, sent, failed, suppressed, unknown } = figures
  const label = fill(progress.bar, {
    done: formatNumber(doneOf(figures)),
    audience: formatNumber(audience),
  })
  let x = 0
  const part = (kind: string, count: number) => {
    const wide = audience === 0 ? 0 : (count / audience) * width
    const rect = html`<rect class="${kind}" x="${x}" y="0" width="${wide}" height="24"></rect>`
    x += wide
    return rect
  }
  const parts = [
    part('sent', sent),
    part('failed', failed),
    part('suppressed', suppressed),
    part('unknown', unknown),
  ]
  return html`<p class="bar-words">${label}</p><svg class="bar" viewBox="0 0 ${width} 24" preserveAspectRatio="none" role="img" aria-label="${label}">${parts}</svg>`
}

function numbers(texts: BroadcastTexts, figures: Figures): Html {
  const { progress } = texts
  const { waiting, queued, sent, delivered, read, replied, stopped, failed, suppressed, unknown } = figures
  const within = [
    [progress.delivered, delivered],
    [progress.read, read],
    [progress.replied, replied],
    [progress.stopped, stopped],
  ] as const
  const { failures, suppressions } = reasonsOf(texts, figures)
  return html`<dl class="numbers">${[
    number(
      'sent',
      progress.sent,
      sent,
      html`<dl class="facts tight">${within.map(([label, count]) => html`<dt>${label}</dt><dd>${formatNumber(count)}</dd>`)}</dl><p class="hint number-note">${progress.of_sent}</p>`,
    ),
    number('waiting', progress.waiting, waiting + queued, ''),
    number('failed', progress.failed, failed, reasonList(failures)),
    number(
      'suppressed',
      progress.suppressed,
      suppressed,
      html`${reasonList(suppressions)}<p class="hint number-note">${progress.suppressed_hint}</p>`,
    ),
    number(
      'unknown',
      progress.unknown,
      unknown,
      unknown === 0 ? '' : html`<p class="hint number-note">${progress.unknown_hint}</p>`,
    ),
  ]}</dl>`
}

function number(kind: string, label: string, count: number, more: Html | ''): Html {
  return html`<div class="number ${kind}"><dt>${label}</dt><dd><b>${formatNumber(count)}</b>${more}</dd></div>`
}

type Reasons = readonly (readonly [string, number])[]

/** Counts by reason in words: of what failed, and of what was not sent. */
function reasonsOf(
  { failures, suppressions, reason_other }: BroadcastTexts,
  { reasons }: Figures,
): { readonly failures: Reasons; readonly suppressions: Reasons } {
  const all = Object.entries(reasons).filter(([, count]) => count > 0)
  const isFailure = ([reason]: readonly [string, number]) => Object.hasOwn(failures, reason)
  return {
    failures: all.filter(isFailure).map(([reason, count]) => [failures[reason] ?? reason_other, count]),
    suppressions: all
      .filter((entry) => !isFailure(entry))
      .map(([reason, count]) => [suppressions[reason] ?? reason_other, count]),
  }
}

function reasonList(reasons: Reasons): Html | '' {
  if (reasons.length === 0) return ''
  return html`<dl class="facts tight">${reasons.map(([label, count]) => html`<dt>${label}</dt><dd>${formatNumber(count)}</dd>`)}</dl>`
}

function postList(texts: BroadcastTexts, { posts }: BroadcastView): Html | '' {
  if (posts.length === 0) return ''
  const { progress, post_states, channels } = texts
  return html`<h3>${progress.posts}</h3><ul class="plain">${posts.map(({ channel, state, at }) => {
    const line = fill(progress.post, { channel: channels[channel], state: post_states[state] })
    return html`<li>${line}${at === undefined ? '' : html` <span class="hint">${shortMoment(at)}</span>`}</li>`
  })}</ul>`
}
