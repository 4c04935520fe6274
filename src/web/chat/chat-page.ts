import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import type { Assets } from '../assets.ts'
import type { Html, Layout } from '../layout.ts'
import { mark } from '../mark.ts'
import type { PageTexts } from '../page-texts.ts'
import { type ChatEntry, chatEntry } from './chat-entry.ts'

/** What the page at /chat shows; `notice` is about something that went wrong just now. */
export interface ChatView {
  readonly entries: readonly ChatEntry[]
  readonly notice?: string
}

/** The chat's page. It works as plain forms; its script adds messages as they come. */
export function createChatPage(deps: {
  readonly layout: Layout
  readonly texts: PageTexts['chat']
  readonly assets: Assets
}): (view: ChatView) => Html {
  const { texts, assets } = deps
  return (view) =>
    deps.layout({
      title: texts.title,
      kind: 'chat',
      script: assets.href('chat'),
      footless: true,
      badge: html`<span class="badge">${texts.bot_badge}</span>`,
      body: html`${log(texts, view)}
<p class="state" id="state" role="status" hidden></p>
<div class="foot-of-chat">
<noscript><p class="hint">${texts.without_script} <a href="/chat?wait=1#latest">${texts.refresh}</a></p></noscript>
${composer(texts)}
${asides(texts)}
</div>`,
    })
}

function log(texts: PageTexts['chat'], { entries, notice }: ChatView): Html {
  const now = new Date()
  const words = JSON.stringify({
    ...texts.states,
    bot_says: texts.bot_says,
    you_say: texts.you_say,
    photo_sent: texts.photo_sent,
    photo_of_bot: texts.photo_of_bot,
    file_of_bot: texts.file_of_bot,
    leave_sure: texts.leave_sure,
    private_page: texts.private_page,
  })
  return html`<h1 class="away">${texts.title}</h1>
<div class="log" id="log" role="log" aria-live="polite" aria-label="${texts.log}" tabindex="0" data-words="${words}">
${entries.length === 0 ? greeting(texts) : entries.map((entry) => chatEntry(texts, entry, now))}
${notice === undefined ? '' : html`<p class="notice" role="alert">${notice}</p>`}
<span id="latest"></span>
</div>`
}

function greeting(texts: PageTexts['chat']): Html {
  const starters = texts.starters.map(
    ({ label, text }) =>
      html`<form class="options" method="post" action="/chat/messages"><input type="hidden" name="id" value="${randomUUID()}"><button name="text" value="${text}"><span>${label}</span></button></form>`,
  )
  return html`<section class="greeting">${mark}<h2>${texts.greeting_title}</h2><p>${texts.greeting}</p><div class="starters">${starters}</div></section>`
}

function composer(texts: PageTexts['chat']): Html {
  return html`<form class="composer" id="composer" method="post" action="/chat/messages" autocomplete="off">
<input type="hidden" name="id" value="${randomUUID()}">
<label for="text">${texts.input}</label>
<textarea id="text" name="text" rows="1" required autocomplete="off" autocapitalize="sentences" enterkeyhint="send"></textarea>
<button class="send">${texts.send}</button>
</form>`
}

function asides(texts: PageTexts['chat']): Html {
  return html`<div class="asides">
<details><summary>${texts.photo}</summary>
<form id="photo-form" method="post" action="/chat/media" enctype="multipart/form-data"><input type="hidden" name="id" value="${randomUUID()}">
<label for="photo">${texts.photo_pick}</label> <input type="file" id="photo" name="photo" accept="image/jpeg,image/png,image/webp" required> <button>${texts.send}</button></form>
</details>
<form id="leave" method="post" action="/chat/leave"><button class="quiet" title="${texts.leave_hint}">${texts.leave}</button></form>
</div>`
}
