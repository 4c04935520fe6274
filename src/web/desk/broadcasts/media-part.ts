import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { errorLine, hintLine } from '../trainings/form-controls.ts'
import type { FormPage } from './form-page.ts'

/** The part of the form with its file: chosen, it is sent and looked at at once where there is JavaScript, and with the form else. */
export function mediaPart(page: Pick<FormPage, 'texts' | 'state' | 'csrf' | 'media'>): Html {
  const { texts, state, csrf, media } = page
  const { form } = texts
  const error = state.errors.get('media')
  const path = deskHref(`/siaran/berkas?csrf=${csrf}`)
  const send = html` hx-post="${path}" hx-target="#berkas" hx-swap="outerHTML"`
  const described = error === undefined ? 'media-hint' : 'media-hint media-error'
  const kept =
    media === undefined
      ? ''
      : html`<p class="kept-file"><span>${fill(form.media_kept, { name: fileName(page) })}</span>
<button class="quiet small" type="submit" name="step" value="dropMedia" hx-encoding="application/x-www-form-urlencoded"${send}>${form.media_drop}</button></p>`
  return html`<div class="field" id="berkas"><label for="media">${media === undefined ? form.media : form.media_replace}</label>
${hintLine('media', form.media_hint)}${errorLine('media', error)}
<input type="hidden" name="media" value="${media?.id ?? ''}">${kept}
<input id="media" name="file" type="file" accept="image/jpeg,image/png,image/webp,application/pdf" aria-describedby="${described}"${
    error === undefined ? '' : html` aria-invalid="true"`
  } hx-trigger="change" hx-encoding="multipart/form-data" hx-indicator="#berkas"${send}>
<p class="hint sending" aria-hidden="true">${form.media_sending}</p>${
    state.note !== undefined && state.focus === 'media'
      ? html`<p class="flash" role="status">${state.note}</p>`
      : ''
  }</div>`
}

function fileName({ texts, media }: Pick<FormPage, 'texts' | 'media'>): string {
  const { form } = texts
  if (media?.name !== undefined && media.name !== '') return media.name
  return media?.type === 'photo' ? form.media_photo : form.media_document
}
