import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatNumber } from '../../../language/format.ts'
import type { CourseState } from '../../../training/course.ts'
import type { CourseView } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { livePart } from '../desk-part.ts'
import { announcementText } from './announcement-text.ts'
import type { TrainingPagesDeps } from './training-deps.ts'

const renewalSeconds = 5
/** In these states people may register, now or later. */
const toCome: readonly CourseState[] = ['draft', 'announced', 'registration']

/** How far those who subscribed were told, and the text for everywhere else while it calls nobody in vain. */
export function courseTelling(deps: TrainingPagesDeps, view: CourseView): Html | '' {
  const { course: words } = deps.texts
  const { announcement } = view
  const isToCome = toCome.includes(view.course.state)
  if (!isToCome && announcement === undefined) return ''
  const told = announcement === undefined ? '' : toldPart(deps, view)
  return html`<section><h2>${words.announcement_title}</h2>${told}${isToCome ? html`${broadcastLink(deps, view)}${textPart(deps, view)}` : ''}</section>`
}

/** Nobody can be told to register for a draft. */
function broadcastLink({ texts }: TrainingPagesDeps, { course: { number, state } }: CourseView): Html | '' {
  if (state === 'draft') return ''
  const { broadcast, broadcast_hint } = texts.course
  return html`<p><a class="button second" href="${deskHref(`/siaran/baru?pelatihan=${number}`)}">${broadcast}</a></p><p class="hint">${broadcast_hint}</p>`
}

function textPart(deps: TrainingPagesDeps, { course }: CourseView): Html {
  const { course: words } = deps.texts
  const text = announcementText(deps, course, deps.botAddress?.() ?? [])
  const rows = Math.min(text.split('\n').length + 2, 24)
  return html`<div class="field"><label for="pengumuman">${words.announcement_label}</label><p class="hint" id="pengumuman-hint">${words.announcement_hint}</p>
<textarea id="pengumuman" rows="${rows}" readonly aria-describedby="pengumuman-hint" spellcheck="false">${text}</textarea></div>
<p class="actions copy" hidden data-copies="pengumuman"><button type="button" class="quiet">${words.copy}</button><span role="status" data-copied="${words.copied}"></span></p>`
}

function toldPart(deps: TrainingPagesDeps, view: CourseView): Html {
  const body = toldLine(deps, view)
  if ((view.announcement?.left ?? 0) === 0) return html`<div id="kabar">${body}</div>`
  const path = `/pelatihan/${view.course.number}/kabar`
  return livePart({ id: 'kabar', path, seconds: renewalSeconds, body })
}

/** How many were told by now. */
export function toldLine({ texts }: TrainingPagesDeps, { announcement }: CourseView): Html {
  const { course: words } = texts
  const { told, left } = announcement ?? { told: 0, left: 0 }
  if (told + left === 0) return html`<p class="quiet-text">${words.told_none}</p>`
  const figures = { told: formatNumber(told), left: formatNumber(left) }
  if (left === 0) return html`<p>${fill(words.told, figures)}</p>`
  const line = fill(words.telling, figures)
  return html`<p>${line}</p><p><progress max="${told + left}" value="${told}" aria-label="${words.announcement_title}"></progress></p>`
}
