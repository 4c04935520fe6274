import { html } from 'hono/html'
import type { AudienceCount } from '../../../broadcast/audience.ts'
import type { ChannelPace } from '../../../broadcast/broadcast-deps.ts'
import type { BroadcastView } from '../../../broadcast/broadcast-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatMoment, formatNumber } from '../../../language/format.ts'
import { afterQuiet, isQuiet } from '../../../language/quiet-hours.ts'
import type { Html } from '../../layout.ts'
import { lasting } from './audience-part.ts'
import type { BroadcastPagesDeps } from './broadcast-deps.ts'
import { endWarning } from './end-part.ts'
import { fullHour } from './form-problem.ts'

type Deps = Pick<BroadcastPagesDeps, 'texts' | 'words' | 'settings' | 'now'>

/** What is known of how it will go. */
export interface Outlook {
  readonly view: BroadcastView
  /** Whom it reaches now; undefined where the audience is fixed already. */
  readonly count: AudienceCount | undefined
  readonly paces: readonly ChannelPace[]
}

/** What happens from here on, in plain words: who decides, when it begins, how long it takes, what ends it. */
export function nextPart(deps: Deps, outlook: Outlook): Html {
  const { next } = deps.texts
  const lines = [
    ...decisionLines(deps, outlook),
    beginLine(deps, outlook),
    ...canaryLines(deps, outlook),
    ...channelLines(deps, outlook),
    ...endLines(deps, outlook),
  ]
  return html`<section><h2>${next.title}</h2><ol class="steps">${lines.map((line) => html`<li class="step-line">${line}</li>`)}</ol>${outlook.count === undefined ? '' : endWarning(deps, outlook.view.broadcast, outlook.count)}</section>`
}

function decisionLines({ texts, settings }: Deps, { view }: Outlook): readonly string[] {
  const { next } = texts
  if (view.broadcast.state === 'approved') return []
  const threshold = formatNumber(settings.approvalAbove)
  const alone = view.sentAlone === 0 ? [] : [fill(next.sent_alone, { count: formatNumber(view.sentAlone) })]
  return [fill(view.needsApproval ? next.approval : next.no_approval, { threshold }), ...alone, next.frozen]
}

function beginLine({ texts, words, now }: Deps, { view }: Outlook): string {
  const { next } = texts
  const { scheduledAt } = view.broadcast
  const hours = words().quiet_hours
  const moment = now()
  if (scheduledAt !== undefined && scheduledAt > moment)
    return fill(next.scheduled, { time: formatMoment(scheduledAt) })
  return isQuiet(moment, hours)
    ? fill(next.quiet, { time: formatMoment(afterQuiet(moment, hours)) })
    : next.now
}

/** Small audiences have no canary: there would be nobody left to be spared. */
function canaryLines({ texts, settings }: Deps, { view, count }: Outlook): readonly string[] {
  const size = view.broadcast.audienceSize ?? count?.reachable ?? 0
  const { canary, canaryMinutes } = settings
  if (canary === 0 || size <= 3 * canary) return []
  return [fill(texts.next.canary, { count: formatNumber(canary), minutes: canaryMinutes })]
}

function channelLines({ texts }: Deps, { count, paces }: Outlook): readonly string[] {
  const { next, channels } = texts
  const some = (count?.channels ?? []).filter(({ reachable }) => reachable > 0)
  return some.map(({ channel, reachable, days, seconds }) => {
    const pace = paces.find((one) => one.channel === channel)
    return fill(days > 1 ? next.channel_days : next.channel, {
      channel: channels[channel],
      count: formatNumber(reachable),
      pace: paceText(texts, pace),
      time: lasting(texts, { days, seconds }),
      days: formatNumber(days),
    })
  })
}

function paceText({ next }: Deps['texts'], pace: ChannelPace | undefined): string {
  if (pace === undefined) return ''
  const { perSecond, perDay } = pace
  if (perDay !== undefined) return fill(next.pace_day, { rate: formatNumber(perDay) })
  if (perSecond >= 1) return fill(next.pace_second, { rate: formatNumber(Math.round(perSecond)) })
  return fill(next.pace_minute, { rate: formatNumber(Math.round(perSecond * 60)) })
}

function endLines({ texts, words }: Deps, { view }: Outlook): readonly string[] {
  const { next, channels } = texts
  const { expiresAt, posts } = view.broadcast
  const { from, to } = words().quiet_hours
  return [
    fill(next.nights, { from: fullHour(from), to: fullHour(to) }),
    ...(expiresAt === undefined ? [] : [fill(next.expires, { time: formatMoment(expiresAt) })]),
    ...(posts.length === 0
      ? []
      : [fill(next.posts, { channels: posts.map((channel) => channels[channel]).join(', ') })]),
  ]
}
