import { html } from 'hono/html'
import { deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { BroadcastPagesDeps } from './broadcast-deps.ts'

/** A page that says that there is no such broadcast, or no such recipient, with the way to those there are. */
export async function noBroadcast(
  { texts }: Pick<BroadcastPagesDeps, 'texts'>,
  visit: Pick<DeskVisit, 'page'>,
  what: 'unknown' | 'unknown_person' = 'unknown',
): Promise<Response> {
  const { title, text } = texts[what]
  const body = html`<h1>${title}</h1><p>${text}</p><p><a class="button second" href="${deskHref('/siaran')}">${texts.page.back}</a></p>`
  return visit.page({ title, body, section: 'broadcasts' }, 404)
}
