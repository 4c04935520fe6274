import { html } from 'hono/html'
import type { Broadcast } from '../../../broadcast/broadcast.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatNumber } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import { shortMoment } from '../desk-time.ts'
import type { BroadcastPagesDeps } from './broadcast-deps.ts'
import { broadcastPill } from './broadcast-pill.ts'

/** Where a broadcast stands, in a word and in sentences: who did it, what is waited for, why it was paused. */
export function standingPart(
  { texts, settings }: Pick<BroadcastPagesDeps, 'texts' | 'settings'>,
  broadcast: Broadcast,
): Html {
  const { state, phase, canaryUntil } = broadcast
  const time = (at: Date | undefined) => (at === undefined ? '' : shortMoment(at))
  const name = (by: string | undefined) => by ?? texts.program
  const note = fill(texts.state_notes[state], {
    author: name(broadcast.editedBy ?? broadcast.createdBy),
    proposer: name(broadcast.proposedBy),
    proposed: time(broadcast.proposedAt),
    approver: name(broadcast.approvedBy),
    started: time(broadcast.startedAt),
    ender: name(broadcast.endedBy),
    ended: time(broadcast.endedAt),
  })
  const canary =
    state !== 'sending' || phase !== 'canary'
      ? ''
      : html`<p>${fill(canaryUntil === undefined ? texts.canary.sending : texts.canary.waiting, {
          count: formatNumber(settings.canary),
          minutes: settings.canaryMinutes,
          time: time(canaryUntil),
        })}</p>`
  return html`<p class="standing-line">${broadcastPill(texts, broadcast)} ${note}</p>${canary}${pauseLine(texts, broadcast)}`
}

function pauseLine(
  texts: BroadcastPagesDeps['texts'],
  { state, pauseReason, pausedBy, pausedAt }: Broadcast,
): Html | '' {
  if (state !== 'paused') return ''
  const values = {
    name: pausedBy ?? texts.program,
    time: pausedAt === undefined ? '' : shortMoment(pausedAt),
  }
  const line = fill(texts.pause_reasons[pauseReason ?? 'officer'], values)
  return html`<p class="${pauseReason === undefined ? 'warning' : 'notice'}">${line}</p>`
}
