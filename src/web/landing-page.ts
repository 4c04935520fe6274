import { html } from 'hono/html'
import type { Html, Layout } from './layout.ts'
import type { PageTexts } from './page-texts.ts'

/** The page at /: what this is, where to chat, and how to know the real bot. `address` is the host people type. */
export function landingPage(
  layout: Layout,
  texts: PageTexts['landing'],
  { address, telegramUrl }: { readonly address: string; readonly telegramUrl?: string | undefined },
): Html {
  const telegram =
    telegramUrl === undefined
      ? ''
      : html`<a class="button second" href="${telegramUrl}">${texts.telegram}</a>`
  const telegramFact =
    telegramUrl === undefined
      ? ''
      : html`<li>${texts.real_telegram.replace('{{telegram}}', telegramUrl)}</li>`
  return layout({
    title: texts.title,
    kind: 'landing',
    body: html`<section class="hero"><h1>${texts.title}</h1><p class="lead">${texts.lead}</p>
<p class="actions"><a class="button" href="/chat">${texts.start}</a>${telegram}</p></section>
<section><h2>${texts.can_title}</h2><ul class="cards">${texts.can.map(
      ({ title, text }) => html`<li><h3>${title}</h3><p>${text}</p></li>`,
    )}</ul></section>
<section class="panel"><h2>${texts.real_title}</h2><ul>${texts.real.map(
      (fact) => html`<li>${fact.replace('{{address}}', address)}</li>`,
    )}${telegramFact}</ul></section>
<section><h2>${texts.data_title}</h2><p>${texts.data}</p></section>`,
  })
}
