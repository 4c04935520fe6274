import { html } from 'hono/html'
import type { Html } from '../layout.ts'
import { deskRoot } from './desk-request.ts'
import type { DeskPage } from './desk-route.ts'
import type { DeskTexts } from './desk-texts.ts'

/** What can go wrong with a request, whatever it asks for. */
export type DeskFault = 'forbidden' | 'stale' | 'not_found' | 'failed' | 'too_large'

/** A page that says what went wrong, with a way back. It tells nothing about what was asked for. */
export function deskErrorPage(texts: DeskTexts['errors'], fault: DeskFault): DeskPage {
  const { title, text } = texts[fault]
  const body: Html = html`<h1>${title}</h1><p>${text}</p><p><a class="button" href="${deskRoot}">${texts.back}</a></p>`
  return { title, body }
}
