import { html } from 'hono/html'
import type { BroadcastPlan } from '../../../broadcast/broadcast.ts'
import type { Preview } from '../../../broadcast/broadcast-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import type { BroadcastPagesDeps } from './broadcast-deps.ts'
import type { BroadcastTexts } from './broadcast-texts.ts'

/** How a plan looks; nothing where it has no text yet, and no button that is not whole. */
function previewsOf({ desk }: Pick<BroadcastPagesDeps, 'desk'>, plan: BroadcastPlan): readonly Preview[] {
  return plan.text === '' ? [] : desk.preview({ ...plan, buttons: wholeButtons(plan) })
}

/** How a plan looks at the public places that it is posted to. */
function postPreviewsOf({ desk }: Pick<BroadcastPagesDeps, 'desk'>, plan: BroadcastPlan): readonly Preview[] {
  return plan.text === '' || plan.posts.length === 0
    ? []
    : desk.previewPosts({ ...plan, buttons: wholeButtons(plan) })
}

function wholeButtons({ buttons }: BroadcastPlan): BroadcastPlan['buttons'] {
  return buttons.filter(({ label, words }) => label !== '' && words !== '')
}

/** How a message looks on each channel, beside each other where there is room. */
export function previewBody(
  { texts }: { readonly texts: BroadcastTexts },
  { previews, posts }: Shown,
  media: BroadcastPlan['media'],
): Html {
  const { preview } = texts
  if (previews.length === 0) return html`<p class="quiet-text preview-empty">${preview.empty}</p>`
  const phone = (one: Preview, title: string) =>
    html`<section class="phone ${one.channel}"><h3 class="phone-title">${title}</h3>
<div class="phone-chat">${one.parts.map((part) => bubble(texts, part, media))}${keys(texts, one)}</div></section>`
  const chats = previews.map((one) => phone(one, preview[one.channel]))
  const places = posts.map((one) => phone(one, fill(preview.post, { channel: texts.channels[one.channel] })))
  return html`<div class="phones">${chats}${places}</div>`
}

/** How it looks in chats, and at public places. */
export interface Shown {
  readonly previews: readonly Preview[]
  readonly posts: readonly Preview[]
}

/** Both, for a plan. */
export function shownOf(deps: Pick<BroadcastPagesDeps, 'desk'>, plan: BroadcastPlan): Shown {
  return { previews: previewsOf(deps, plan), posts: postPreviewsOf(deps, plan) }
}

function bubble(texts: BroadcastTexts, part: Preview['parts'][number], media: BroadcastPlan['media']): Html {
  const file = part.media === undefined || media === undefined ? '' : filePicture(texts, media)
  return html`<div class="bubble">${file}${part.text === '' ? '' : html`<p class="said">${part.text}</p>`}</div>`
}

/** What stands for the file: the picture itself, or the name of a document. */
function filePicture(
  { preview }: BroadcastTexts,
  { id, type, name }: NonNullable<BroadcastPlan['media']>,
): Html {
  return type === 'photo'
    ? html`<img class="bubble-photo" src="${deskHref(`/siaran/berkas/${id}`)}" alt="${preview.photo}" width="320" height="200" loading="lazy">`
    : html`<p class="bubble-file"><span class="file-kind" aria-hidden="true">PDF</span> ${name === undefined || name === '' ? preview.document : name}</p>`
}

function keys({ preview }: BroadcastTexts, { buttons }: Preview): Html | '' {
  if (buttons.length === 0) return ''
  return html`<ul class="keys" aria-label="${preview.buttons}">${buttons.map((label) => html`<li class="key">${label}</li>`)}</ul>`
}
