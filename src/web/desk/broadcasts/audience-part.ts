import { html } from 'hono/html'
import { type AudienceCount, unreached } from '../../../broadcast/audience.ts'
import type { BroadcastChannel } from '../../../broadcast/broadcast-channels.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatDate, formatNumber } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import { deskTable } from '../desk-table.ts'
import { shortMoment } from '../desk-time.ts'
import type { BroadcastPagesDeps } from './broadcast-deps.ts'
import type { BroadcastTexts } from './broadcast-texts.ts'

type Deps = Pick<BroadcastPagesDeps, 'texts' | 'topics' | 'places'>

/** Whom an audience reaches now: by channel, whom not and why, and some of them by chance, masked. */
export function countPart(deps: Deps, count: AudienceCount): Html {
  const { audience } = deps.texts
  const { reachable } = count
  const told =
    reachable === 0
      ? html`<p class="warning">${audience.none}</p>`
      : html`<p class="reach"><b>${fill(audience.total, { count: formatNumber(reachable) })}</b></p>${channelTable(deps, count)}`
  return html`${told}${unreachedList(deps.texts, count)}${samples(deps, count)}`
}

function channelTable({ texts }: Deps, { channels }: AudienceCount): Html {
  const { audience } = texts
  const some = channels.filter(({ reachable }) => reachable > 0)
  const table = deskTable({
    caption: audience.caption,
    columns: [texts.recipients.channel, audience.reachable, audience.over, audience.time],
    rows: some.map(({ channel, reachable, overBudget, days, seconds }) => [
      texts.channels[channel],
      formatNumber(reachable),
      overBudget === 0 ? '' : formatNumber(overBudget),
      lasting(texts, { days, seconds }),
    ]),
  })
  return html`${table}<h3>${audience.cost}</h3><ul class="costs">${some.map(({ channel }) => costLine(texts, channel))}</ul>`
}

function costLine({ costs, audience, channels }: BroadcastTexts, channel: BroadcastChannel): Html {
  const { text, source, as_of } = costs[channel]
  const from = fill(audience.cost_source, { source, as_of: formatDate(as_of) })
  const line = fill(audience.cost_line, { channel: channels[channel], cost: text })
  return html`<li>${line} <span class="hint">${from}</span></li>`
}

/** How long something takes, as people say it. */
export function lasting(
  { durations }: Pick<BroadcastTexts, 'durations'>,
  { days, seconds }: { readonly days: number; readonly seconds: number },
): string {
  if (days > 1) return fill(durations.days, { count: formatNumber(days) })
  const minutes = Math.ceil(seconds / 60)
  if (seconds < 60) return durations.moment
  if (minutes < 90) return fill(durations.minutes, { count: minutes })
  return fill(durations.hours, { count: formatNumber(Math.ceil(minutes / 60)) })
}

function unreachedList(texts: BroadcastTexts, count: AudienceCount): Html {
  const { audience } = texts
  const some = unreached.filter((why) => count.unreached[why] > 0)
  const body =
    some.length === 0
      ? html`<p class="quiet-text">${audience.unreached_none}</p>`
      : html`<dl class="facts tight">${some.map(
          (why) => html`<dt>${texts.unreached[why]}</dt><dd>${formatNumber(count.unreached[why])}</dd>`,
        )}</dl>`
  return html`<h3>${audience.unreached_title}</h3>${body}`
}

function samples({ texts, topics, places }: Deps, count: AudienceCount): Html | '' {
  const { audience } = texts
  if (count.samples.length === 0)
    return count.reachable === 0 ? '' : html`<p class="hint">${audience.samples_none}</p>`
  const rows = count.samples.map(({ channel, masked, kelurahan, topic, subscribedAt, textVersion }) => [
    html`<span class="few">${masked}</span> <span class="hint">${texts.channels[channel]}</span>`,
    (kelurahan === undefined ? undefined : places.byCode(kelurahan)?.name) ?? audience.untold,
    html`${topics().get(topic) ?? topic} <span class="hint under">${fill(audience.sample_since, {
      time: shortMoment(subscribedAt),
      version: textVersion,
    })}</span>`,
  ])
  const table = deskTable({
    caption: audience.samples_caption,
    columns: [audience.sample_chat, audience.sample_place, audience.sample_topic],
    rows,
  })
  return html`<details class="samples"><summary class="aside-more">${audience.samples_title}</summary><p class="hint">${audience.samples_hint}</p>${table}</details>`
}
