import { html } from 'hono/html'
import type { Html, Layout } from './layout.ts'
import type { PageTexts } from './page-texts.ts'

/** A page that says in plain words what went wrong, with a way back. */
export function errorPage(
  layout: Layout,
  texts: PageTexts['errors'],
  what: 'not_found' | 'failed' | 'too_large',
): Html {
  const { title, text } = texts[what]
  const body = html`<h1>${title}</h1><p>${text}</p><p><a class="button" href="/">${texts.back}</a></p>`
  return layout({ title, body })
}
