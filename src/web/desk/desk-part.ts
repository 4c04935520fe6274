import { html } from 'hono/html'
import type { Html } from '../layout.ts'
import { deskHref } from './desk-form.ts'

/** Goes with `hx-trigger="every …"`: nobody is there who asks. The name is `renewalHeader` of the sign-in. */
export const byItself = html` hx-headers='{"lopo-renewal":"yes"}'`

/**
 * A part of a page that renews itself, with JavaScript, by asking a path below /desk for its body every `seconds`; that
 * path answers with `visit.page`. Any process can answer, and a page without JavaScript shows what it was made with.
 */
export function livePart(part: {
  readonly id: string
  readonly path: string
  readonly seconds: number
  readonly body: Html
  /** Read out by screen readers when it changes: for few words only. */
  readonly announced?: boolean
}): Html {
  return html`<div id="${part.id}" hx-get="${deskHref(part.path)}" hx-trigger="every ${part.seconds}s"${byItself} hx-swap="innerMorph"${
    part.announced === true ? html` aria-live="polite"` : ''
  }>${part.body}</div>`
}
