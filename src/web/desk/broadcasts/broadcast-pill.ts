import { html } from 'hono/html'
import type { Broadcast, BroadcastState } from '../../../broadcast/broadcast.ts'
import type { Html } from '../../layout.ts'
import type { BroadcastTexts } from './broadcast-texts.ts'

const kinds: Readonly<Partial<Record<BroadcastState, string>>> = {
  proposed: 'late',
  approved: 'good',
  sending: 'good',
  paused: 'late',
}

/** Where a broadcast stands, in a word; one that waits for officers catches the eye, one that paused by itself most. */
export function broadcastPill(
  { states, canary_state }: Pick<BroadcastTexts, 'states' | 'canary_state'>,
  { state, phase, pauseReason }: Pick<Broadcast, 'state' | 'phase' | 'pauseReason'>,
): Html {
  const kind = state === 'paused' && pauseReason !== undefined ? 'alert' : kinds[state]
  const isCanary = state === 'sending' && phase === 'canary'
  return html`<span class="pill${kind === undefined ? '' : ` ${kind}`}">${states[state]}</span>${
    isCanary ? html` <span class="pill late">${canary_state}</span>` : ''
  }`
}
