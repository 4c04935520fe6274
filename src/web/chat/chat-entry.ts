import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import type { Html } from '../layout.ts'
import type { PageTexts } from '../page-texts.ts'
import { linkedText } from './linked-text.ts'

/** One line of the chat as the page shows it. */
export interface ChatEntry {
  readonly id: string
  readonly from: 'bot' | 'person'
  readonly text: string
  readonly options: readonly { readonly number?: string; readonly label: string; readonly value: string }[]
  readonly media: readonly {
    readonly id: string
    readonly type: 'photo' | 'document'
    readonly name?: string | undefined
  }[]
  readonly at: Date
}

const clock = new Intl.DateTimeFormat('id-ID', {
  timeZone: 'Asia/Makassar',
  hour: '2-digit',
  minute: '2-digit',
})
const day = new Intl.DateTimeFormat('id-ID', { timeZone: 'Asia/Makassar', day: 'numeric', month: 'short' })

/** Draws one line of the chat. The page's script draws new lines alike. */
export function chatEntry(texts: PageTexts['chat'], entry: ChatEntry, now: Date): Html {
  const { id, from, at } = entry
  return html`<div class="entry ${from}" data-id="${id}"><div class="bubble"><span class="who">${from === 'bot' ? texts.bot_says : texts.you_say} </span>${
    entry.text === ''
      ? ''
      : html`<p class="text">${linkedText(entry.text, from === 'bot' ? texts.private_page : undefined)}</p>`
  }${entry.media.map((media) => shownMedia(texts, entry, media))}<time datetime="${at.toISOString()}">${when(at, now)}</time></div>${options(entry)}</div>
`
}

function when(at: Date, now: Date): string {
  return day.format(at) === day.format(now) ? clock.format(at) : `${day.format(at)} ${clock.format(at)}`
}

/** A person's own photo is not fetched again: it would cost them data. */
function shownMedia(texts: PageTexts['chat'], { from }: ChatEntry, media: ChatEntry['media'][number]): Html {
  if (from === 'person') return html`<p class="sent-photo">${texts.photo_sent}</p>`
  const href = `/chat/media/${encodeURIComponent(media.id)}`
  return media.type === 'photo'
    ? html`<a href="${href}"><img src="${href}" alt="${texts.photo_of_bot}" loading="lazy"></a>`
    : html`<p><a href="${href}" download>${media.name ?? texts.file_of_bot}</a></p>`
}

/** Without script each press is a form post with an id of its own. */
function options({ options }: ChatEntry): Html | string {
  if (options.length === 0) return ''
  const buttons = options.map(
    ({ number, label, value }) =>
      html`<button name="choice" value="${value}">${number === undefined ? '' : html`<span class="number">${number}</span> `}<span>${label}</span></button>`,
  )
  return html`<form class="options" method="post" action="/chat/messages"><input type="hidden" name="id" value="${randomUUID()}">${buttons}</form>`
}
