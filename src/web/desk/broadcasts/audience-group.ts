import { html } from 'hono/html'
import { languages } from '../../../broadcast/audience.ts'
import { broadcastChannels } from '../../../broadcast/broadcast-channels.ts'
import { fill } from '../../../language/fill-text.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { boxInput, choiceInput, lineInput, partOf } from '../trainings/form-controls.ts'
import { tickedOf } from '../trainings/form-fields.ts'
import { districtsOf } from '../trainings/training-deps.ts'
import { countPart } from './audience-part.ts'
import { endOffer } from './end-part.ts'
import type { FormPage } from './form-page.ts'
import { readForm } from './read-form.ts'

/** Whom it is for. It is renewed as a whole where a saved audience comes into it. */
export function audienceGroup(page: FormPage): Html {
  const { texts, state } = page
  const { form } = texts
  const note = state.focus === 'saved' ? state.note : undefined
  return html`<div id="penerima">${note === undefined ? '' : html`<p class="flash" role="status">${note}</p>`}
${savedPart(page)}${topicBoxes(page)}
${partOf(state, { id: 'places', legend: form.places, hint: form.places_hint }, placeBoxes(page))}
${folded(page, form.course_fold, ['course', 'states'], coursePart(page))}
${folded(page, form.ways_fold, ['channels', 'language'], waysPart(page))}
${folded(page, form.without_fold, ['without', 'withoutCourse'], withoutPart(page))}
${saveAudiencePart(page)}${countingPart(page)}</div>`
}

/** A button that does something with the audience: sent with the form, and with JavaScript only this part is renewed. */
function audienceButton({ path, csrf }: FormPage, step: string, label: string): Html {
  return html`<button class="quiet small" type="submit" name="step" value="${step}" formaction="${deskHref(path)}?csrf=${csrf}#penerima" hx-post="${deskHref(`/siaran/penerima?csrf=${csrf}`)}" hx-encoding="application/x-www-form-urlencoded" hx-target="#penerima" hx-swap="outerHTML">${label}</button>`
}

function savedPart(page: FormPage): Html | '' {
  const { texts, state, saved } = page
  const { form } = texts
  if (saved.length === 0) return ''
  const options = [
    { value: '', label: form.saved_none },
    ...saved.map(({ id, name }) => ({ value: String(id), label: name })),
  ]
  return html`<div class="add">${choiceInput(state, { name: 'saved', label: form.saved, options })}
${audienceButton(page, 'useAudience', form.saved_use)}${audienceButton(page, 'removeAudience', form.saved_remove)}</div>`
}

function saveAudiencePart(page: FormPage): Html {
  const { form } = page.texts
  const name = { name: 'audienceName', label: form.saved_name, hint: form.saved_name_hint, maxLength: 60 }
  return html`<div class="add">${lineInput(page.state, name)}${audienceButton(page, 'saveAudience', form.saved_save)}</div>`
}

function topicBoxes({ texts, state, topics }: FormPage): Html {
  const { form, topic_groups } = texts
  const groups = Map.groupBy([...topics()], ([code]) => code.split('/')[0] ?? code)
  const boxes = (found: readonly (readonly [string, string])[]) =>
    html`<div class="boxes wide-boxes">${found.map(([code, title]) => boxInput(state, { name: `topics.${code}`, label: title }))}</div>`
  const many = [...groups].filter(([, found]) => found.length > 1)
  const single = [...groups].filter(([, found]) => found.length === 1).flatMap(([, found]) => found)
  // What is ticked and no longer known must be seen, or it could not be taken away.
  const known = new Set(topics().keys())
  const gone = tickedOf(state.fields, 'topics').filter((code) => !known.has(code))
  const others = [...single, ...gone.map((code) => [code, code] as const)]
  return partOf(
    state,
    { id: 'topics', legend: form.topics, hint: form.topics_hint },
    html`${many.map(([group, found]) => html`<h3 class="boxes-title">${topic_groups[group] ?? group}</h3>${boxes(found)}`)}${
      others.length === 0 ? '' : html`<h3 class="boxes-title">${form.topics_other}</h3>${boxes(others)}`
    }`,
  )
}

function placeBoxes({ texts, state, places }: FormPage): Html {
  const { form } = texts
  const codes = tickedOf(state.fields, 'places')
  return html`<div class="areas">${districtsOf(places).map(({ code, name, kelurahan }) => {
    const isPicked = codes.some((one) => one.startsWith(code))
    const all = boxInput(state, { name: `places.${code}`, label: fill(form.whole_district, { name }) })
    return html`<details${isPicked ? html` open` : ''}><summary class="area">${name}<span class="picked"> · ${form.picked}</span></summary>
<div class="whole">${all}</div><div class="boxes">${kelurahan.map((area) =>
      boxInput(state, { name: `places.${area.code}`, label: area.name }),
    )}</div></details>`
  })}</div>`
}

/** What is seldom used, open where it says something or something in it is wrong. */
function folded({ state }: FormPage, title: string, names: readonly string[], body: Html): Html {
  const isUsed = names.some(
    (name) =>
      (state.fields[name] ?? '') !== '' || tickedOf(state.fields, name).length > 0 || state.errors.has(name),
  )
  return html`<details class="panel fold"${isUsed ? html` open` : ''}><summary>${title}</summary>${body}</details>`
}

function courseOptions({ texts, courseList }: FormPage, chosen: string | undefined, none: string) {
  const { form } = texts
  const known = courseList.map(({ number, title }) => ({
    value: String(number),
    label: fill(form.course_option, { number, title }),
  }))
  const isKnown = chosen === undefined || chosen === '' || known.some(({ value }) => value === chosen)
  const gone = isKnown ? [] : [{ value: chosen, label: fill(form.course_unknown, { number: chosen }) }]
  return [{ value: '', label: none }, ...gone, ...known]
}

function coursePart(page: FormPage): Html {
  const { texts, state, registrationStates } = page
  const { form } = texts
  const options = courseOptions(page, state.fields.course, form.course_any)
  const boxes = Object.entries(registrationStates()).map(([value, label]) =>
    boxInput(state, { name: `states.${value}`, label }),
  )
  return html`${choiceInput(state, { name: 'course', label: form.course, options })}
${partOf(state, { id: 'states', legend: form.states }, html`<div class="boxes">${boxes}</div>`)}`
}

function waysPart({ texts, state }: FormPage): Html {
  const { form, channels } = texts
  const boxes = broadcastChannels.map((channel) =>
    boxInput(state, { name: `channels.${channel}`, label: channels[channel] }),
  )
  const options = [
    { value: '', label: form.language_any },
    ...languages.map((value) => ({ value, label: texts.languages[value] })),
  ]
  return html`${partOf(state, { id: 'channels', legend: form.channels, hint: form.channels_hint }, html`<div class="boxes">${boxes}</div>`)}
${choiceInput(state, { name: 'language', label: form.language, options })}`
}

function withoutPart(page: FormPage): Html {
  const { texts, state, sentList } = page
  const { form } = texts
  const shown = sentList.map(({ number, title }) => ({
    number: String(number),
    label: fill(form.without_option, { number, title }),
  }))
  const others = tickedOf(state.fields, 'without')
    .filter((one) => !shown.some(({ number }) => number === one))
    .map((number) => ({ number, label: number }))
  const boxes = [...shown, ...others].map(({ number, label }) =>
    boxInput(state, { name: `without.${number}`, label }),
  )
  const options = courseOptions(page, state.fields.withoutCourse, form.withoutCourse_none)
  return html`${partOf(
    state,
    { id: 'without', legend: form.without },
    boxes.length === 0 ? html`<p class="quiet-text">${form.without_none}</p>` : html`${boxes}`,
  )}${choiceInput(state, { name: 'withoutCourse', label: form.withoutCourse, options })}`
}

function countingPart(page: FormPage): Html {
  const { texts, path, csrf, count, state } = page
  const href = deskHref(`/siaran/hitung?csrf=${csrf}`)
  const isHere = state.focus === 'hitungan'
  return html`<p class="actions"><button class="quiet" type="submit" name="step" value="count" formaction="${deskHref(path)}?csrf=${csrf}#hitungan" hx-post="${href}" hx-encoding="application/x-www-form-urlencoded" hx-target="#hitungan" hx-indicator="#hitungan">${texts.form.count}</button></p>
<div id="hitungan" class="counted" tabindex="-1"${isHere ? html` autofocus` : ''} aria-live="polite">${
    count === undefined
      ? ''
      : html`${countPart(page, count)}${endOffer(page, readForm(state.fields, undefined).plan, count)}`
  }</div>`
}
