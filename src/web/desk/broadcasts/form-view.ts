import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatNumber } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import { boxInput, lineInput, linesInput, partOf } from '../trainings/form-controls.ts'
import { audienceGroup } from './audience-group.ts'
import { pathOf } from './broadcast-deps.ts'
import { type FormPage, formId, longestText, mostButtons } from './form-page.ts'
import { labelOf } from './form-problem.ts'
import { mediaPart } from './media-part.ts'
import { previewBody } from './preview-part.ts'

/** A form with what stands around it. */
export interface ShownForm extends FormPage {
  /** Of the broadcast that is changed; undefined for a new one. */
  readonly broadcast:
    | {
        readonly number: number
        readonly title: string
        readonly version: number
        readonly isProposed: boolean
      }
    | undefined
  /** Something to be told besides what is wrong with it. */
  readonly notice?: string | undefined
}

/** The name of the button that saves; the others change a part of the form. */
const saveStep = 'save'

type Group = 'message' | 'audience' | 'time' | 'posts'

/** The form of a broadcast, new or changed. */
export function formView(shown: ShownForm): Html {
  const { form } = shown.texts
  const { broadcast, state } = shown
  const back = broadcast === undefined ? '/siaran' : pathOf(broadcast.number)
  const backLabel =
    broadcast === undefined ? form.back_list : fill(form.back_broadcast, { number: broadcast.number })
  const title = broadcast === undefined ? form.new_title : fill(form.edit_title, { number: broadcast.number })
  const lead = broadcast === undefined ? form.new_lead : fill(form.edit_lead, { title: broadcast.title })
  const isUnsaved = state.errors.size > 0 || state.focus !== undefined || shown.notice !== undefined
  return html`<div class="course-form broadcast-form"${isUnsaved ? html` data-unsaved` : ''}><p class="back"><a href="${deskHref(back)}">${backLabel}</a></p>
<h1>${title}</h1><p class="lead">${lead}</p>${broadcast?.isProposed === true ? html`<p class="warning">${form.edit_proposed}</p>` : ''}${notices(shown)}${jumps(shown)}
${deskForm({ csrf: shown.csrf }, shown.path, formBody(shown, back), { file: true, id: formId })}</div>
<script src="${deskHref('/siaran/halaman.js')}" defer></script>`
}

function formBody(shown: ShownForm, back: string): Html {
  const { texts, broadcast, state } = shown
  const save = broadcast === undefined ? texts.form.save_new : texts.form.save
  // Enter presses the first button of a form: it must be the one that saves.
  return html`<button class="away" type="submit" name="step" value="${saveStep}" tabindex="-1" aria-hidden="true">${save}</button>
${broadcast === undefined ? '' : html`<input type="hidden" name="version" value="${broadcast.version}"><input type="hidden" name="number" value="${broadcast.number}">`}
<input type="hidden" name="source" value="${state.fields.source ?? ''}">
${groupsOf(shown).map(([name, body]) => groupPart(shown, name, body))}
<p class="actions save"><button type="submit" name="step" value="${saveStep}">${save}</button><a href="${deskHref(back)}">${texts.form.cancel}</a></p>`
}

function groupsOf(page: ShownForm): readonly (readonly [Group, Html])[] {
  const posts = page.postChannels.length === 0 ? [] : [['posts', postsGroup(page)] as const]
  return [
    ['message', messageGroup(page)],
    ['audience', audienceGroup(page)],
    ['time', timeGroup(page)],
    ...posts,
  ]
}

function groupPart({ texts }: FormPage, name: Group, body: Html): Html {
  const id = `bagian-${name}`
  return html`<section class="group" aria-labelledby="${id}"><h2 id="${id}">${texts.groups[name]}</h2>${body}</section>`
}

function jumps(page: ShownForm): Html {
  const { groups, groups_label } = page.texts
  return html`<nav class="jumps" aria-label="${groups_label}"><ul>${groupsOf(page).map(
    ([name]) => html`<li><a class="jump" href="#bagian-${name}">${groups[name]}</a></li>`,
  )}</ul></nav>`
}

function messageGroup(page: FormPage): Html {
  const { texts, state, csrf, shown, media } = page
  const { form } = texts
  const ask = html` hx-post="${deskHref(`/siaran/pratinjau?csrf=${csrf}`)}" hx-encoding="application/x-www-form-urlencoded" hx-trigger="input from:#${formId} delay:400ms" hx-swap="innerMorph"`
  return html`${lineInput(state, { name: 'title', label: form.title, hint: form.title_hint, maxLength: 80 })}
${linesInput(state, { name: 'text', label: form.text, hint: form.text_hint, rows: 6, maxLength: longestText + 500 })}
${underText(page)}
<div class="extras">${mediaPart(page)}${buttonRows(page)}</div>
<section class="preview" aria-labelledby="pratinjau-judul"><h3 id="pratinjau-judul">${texts.preview.title}</h3><div id="pratinjau"${ask}>${previewBody(page, shown, media)}</div></section>`
}

/** How long the text is, and what may be put into it by a press. */
function underText({ texts, state, words }: FormPage): Html {
  const { form } = texts
  const most = formatNumber(longestText)
  const count = formatNumber((state.fields.text ?? '').trim().length)
  const variables = Object.entries(words().variables).map(([name, label]) => {
    const written = `{{${name}}}`
    return html`<button class="quiet small" type="submit" name="step" value="insert.${name}" data-inserts="${written}" data-into="text">${label}</button>`
  })
  return html`<p class="under-text"><span class="hint counter" data-counts="text" data-counted="${form.counter}" data-most="${longestText}">${fill(form.counter, { count, most })}</span>${
    variables.length === 0 ? '' : html` <span class="inserts">${form.variables}: ${variables}</span>`
  }</p>`
}

function buttonRows({ texts, state }: FormPage): Html {
  const { form } = texts
  const [first, ...others] = Array.from({ length: mostButtons }, (_, row) => {
    const number = row + 1
    const label = { name: `buttons.${row}.label`, label: fill(form.label, { number }), maxLength: 24 }
    const words = { name: `buttons.${row}.words`, label: fill(form.words, { number }), maxLength: 40 }
    const isUsed = [label, words].some(
      ({ name }) => (state.fields[name] ?? '') !== '' || state.errors.has(name),
    )
    return { isUsed, row: html`<div class="pair">${lineInput(state, label)}${lineInput(state, words)}</div>` }
  })
  const isMore = others.some(({ isUsed }) => isUsed)
  return partOf(
    state,
    { id: 'buttons', legend: form.buttons, hint: form.buttons_hint },
    html`${first?.row}<details${isMore ? html` open` : ''}><summary class="aside-more">${form.buttons_more}</summary>${others.map(({ row }) => row)}</details>`,
  )
}

function timeGroup({ texts, state }: FormPage): Html {
  const { form } = texts
  const moment = (name: 'schedule' | 'expires') =>
    html`<div class="pair">${lineInput(state, { name: `${name}.date`, label: form[name], type: 'date' })}
${lineInput(state, { name: `${name}.time`, label: form[`${name}_time`], maxLength: 12 })}</div><p class="hint after">${form[`${name}_hint`]}</p>`
  return html`${moment('schedule')}${moment('expires')}`
}

function postsGroup({ texts, state, postChannels }: FormPage): Html {
  const { form, channels } = texts
  const boxes = postChannels.map((channel) =>
    boxInput(state, { name: `posts.${channel}`, label: channels[channel] }),
  )
  return partOf(
    state,
    { id: 'posts', legend: form.posts, hint: form.posts_hint },
    html`<div class="boxes">${boxes}</div>`,
  )
}

function notices({ texts, state, notice }: ShownForm): Html | '' {
  const { form } = texts
  const { errors } = state
  const other =
    notice === undefined
      ? ''
      : html`<div class="notice" role="alert" tabindex="-1"${errors.size === 0 ? html` autofocus` : ''}><p>${notice}</p></div>`
  if (errors.size === 0 || state.focus !== undefined) return other
  const lines = [...errors].map(([at, sentence]) => {
    const line = fill(form.summary_line, { label: labelOf(texts, at), sentence })
    return html`<li><a href="#${at}">${line}</a></li>`
  })
  return html`${other}<div class="notice summary" role="alert" tabindex="-1" autofocus><p><b>${fill(form.summary, { count: errors.size })}</b></p><ul>${lines}</ul></div>`
}
