import { html } from 'hono/html'
import type { Html } from '../layout.ts'

/** Opens WhatsApp with a text, to whomever one chooses there. */
export function shareLink(label: string, text: string): Html {
  return html`<a class="button second" href="https://wa.me/?text=${encodeURIComponent(text)}" rel="noopener nofollow">${label}</a>`
}
