import { html } from 'hono/html'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { part } from '../tickets/list-news.ts'
import { mediaResponse } from '../tickets/media-response.ts'
import { audienceGroup } from './audience-group.ts'
import { countPart } from './audience-part.ts'
import { type BroadcastPagesDeps, readNumber, route } from './broadcast-deps.ts'
import { endOffer } from './end-part.ts'
import { takeMedia } from './form-media.ts'
import { errorsOf, problemSentence } from './form-problem.ts'
import { countStep, takeStep } from './form-steps.ts'
import { mediaPart } from './media-part.ts'
import { noBroadcast } from './no-broadcast.ts'
import { previewBody, shownOf } from './preview-part.ts'
import { readForm } from './read-form.ts'
import { mostFormBytes, receiveForm } from './receive-form.ts'
import { formPage, formPath } from './show-form.ts'

/** Parts of the form that renew themselves while it is filled in, where there is JavaScript. */
export function formPartRoutes(deps: BroadcastPagesDeps): readonly DeskRoute[] {
  return [
    route('post', '/siaran/pratinjau', (visit) => preview(deps, visit)),
    route('post', '/siaran/hitung', (visit) => count(deps, visit)),
    route('post', '/siaran/penerima', (visit) => changeAudience(deps, visit)),
    { ...route('post', '/siaran/berkas', (visit) => receiveFile(deps, visit)), maxBytes: mostFormBytes },
    route('get', '/siaran/berkas/:id', (visit) => sendFile(deps, visit)),
  ]
}

async function preview(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const { fields, media } = await takeMedia(deps, await receiveForm(visit), visit.officer)
  const { plan } = readForm(fields, media)
  return visit.context.html(previewBody(deps, shownOf(deps, plan), media))
}

async function count(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const fields = await visit.fields()
  const stepped = await countStep(deps, visit.officer, fields)
  const sentences = stepped.problems.map((problem) => problemSentence(deps, problem))
  // Not an error of the request: the part is shown where the count would be.
  return visit.context.html(
    stepped.count === undefined
      ? html`<p class="error">${sentences.join(' ')}</p>`
      : html`${countPart(deps, stepped.count)}${endOffer({ ...deps, csrf: visit.csrf, path: formPath(readNumber(fields.number)) }, readForm(fields, undefined).plan, stepped.count)}`,
  )
}

async function changeAudience(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const fields = await visit.fields()
  const stepped = (await takeStep(deps, visit.officer, fields)) ?? { fields, focus: 'saved', problems: [] }
  const page = await formPage(deps, visit, { ...stepped, media: undefined }, readNumber(fields.number))
  return visit.context.html(audienceGroup(page))
}

async function receiveFile(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const taken = await takeMedia(deps, await receiveForm(visit), visit.officer)
  const stepped = await takeStep(deps, visit.officer, taken.fields)
  const media = stepped?.focus === 'media' ? undefined : taken.media
  const fields = { ...taken.fields, media: media?.id ?? '' }
  const state = { fields, errors: errorsOf(deps, taken.problems), focus: stepped?.focus, note: stepped?.note }
  const { plan } = readForm(fields, media)
  const shown = part('pratinjau', previewBody(deps, shownOf(deps, plan), media))
  const body = mediaPart({ texts: deps.texts, state, csrf: visit.csrf, media })
  return visit.context.html(html`${body}${shown}`)
}

async function sendFile(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const file = await deps.readMedia(visit.context.req.param('id') ?? '', visit.officer)
  return file === undefined
    ? noBroadcast(deps, visit)
    : mediaResponse({ mime: file.mime, bytes: file.bytes, name: file.name }, false)
}
