import { html } from 'hono/html'
import type { AudienceCount } from '../../../broadcast/audience.ts'
import type { BroadcastPlan } from '../../../broadcast/broadcast.ts'
import { forecastEnd } from '../../../broadcast/forecast-end.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatMoment, formatNumber } from '../../../language/format.ts'
import { parseMoment, writeMoment } from '../../../training/plan/plan-times.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import type { FormFields } from '../trainings/form-fields.ts'
import type { BroadcastPagesDeps } from './broadcast-deps.ts'

type Deps = Pick<BroadcastPagesDeps, 'texts' | 'words' | 'now'>
type Times = Pick<BroadcastPlan, 'scheduledAt' | 'expiresAt'>

/** That a broadcast ends before all are told, and what end would do; empty where there is time enough. */
export function endWarning(deps: Deps, plan: Times, count: AudienceCount): Html | '' {
  const { days, end, isShort, proposed } = forecastOf(deps, plan, count)
  if (!isShort) return ''
  const line = fill(deps.texts.next.too_short, {
    days: formatNumber(days),
    end: formatMoment(end),
    proposed: formatMoment(proposed),
  })
  return html`<p class="warning">${line}</p>`
}

/** The same in the form, or how long it takes where no end is written; with a button that writes the one proposed. */
export function endOffer(
  deps: Deps & { readonly path: string; readonly csrf: string },
  plan: Times,
  count: AudienceCount,
): Html | '' {
  const { days, end, isShort, proposed } = forecastOf(deps, plan, count)
  const isLong = plan.expiresAt === undefined && days > 1
  if (!isShort && !isLong) return ''
  const { day, clock } = writeMoment(proposed)
  const label = fill(deps.texts.form.use_end, { time: formatMoment(proposed) })
  const values = { days: formatNumber(days), end: formatMoment(end) }
  const line = isLong
    ? html`<p class="hint">${fill(deps.texts.form.long_end, values)}</p>`
    : endWarning(deps, plan, count)
  return html`${line}<p class="actions"><button class="quiet small" type="submit" name="step" value="end.${day}.${clock}" formaction="${deskHref(deps.path)}?csrf=${deps.csrf}#expires.date">${label}</button></p>`
}

/** The fields with the end that a button offered; undefined where the button was another. */
export function takeEnd(fields: FormFields): FormFields | undefined {
  const [, day = '', clock = ''] = /^end\.([\d-]{10})\.(\d\d\.\d\d)$/.exec(fields.step ?? '') ?? []
  if (parseMoment(day, clock) === undefined) return undefined
  return { ...fields, 'expires.date': day, 'expires.time': clock }
}

function forecastOf({ words, now }: Deps, plan: Times, { channels }: AudienceCount) {
  return forecastEnd(plan, channels, { now: now(), quiet: words().quiet_hours })
}
