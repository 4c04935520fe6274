import { html } from 'hono/html'
import { genders } from '../../../training/course.ts'
import { registrationStates } from '../../../training/registration.ts'
import type { CourseView } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { deskCheck, deskField, deskSelect } from '../desk-field.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { ApplicantPagesDeps } from './applicant-deps.ts'
import {
  type ApplicantWish,
  applicantOrders,
  applicantsPath,
  isNarrowed,
  stateFieldOf,
} from './applicant-wish.ts'

/** How many stand in each state; a press lists those alone. */
export function stateCounts(
  { texts }: Pick<ApplicantPagesDeps, 'texts'>,
  view: CourseView,
  wish: ApplicantWish,
): Html {
  const { number } = view.course
  const all = registrationStates.reduce((sum, state) => sum + view.counts[state], 0)
  const entry = (label: string, count: number, states: ApplicantWish['states'], isOpen: boolean): Html => {
    const href = deskHref(applicantsPath(number, { ...wish, states, page: 1, chosen: [] }))
    return html`<li><a class="chip" href="${href}"${isOpen ? html` aria-current="true"` : ''}>${label} <b>${count}</b></a></li>`
  }
  const isAlone = (state: string) => wish.states?.length === 1 && wish.states[0] === state
  return html`<nav class="applicant-counts" aria-label="${texts.list.states}"><ul class="chips">${entry(texts.list.all, all, undefined, wish.states === undefined)}${registrationStates.map(
    (state) =>
      view.counts[state] === 0 && !isAlone(state)
        ? ''
        : entry(texts.states[state], view.counts[state], [state], isAlone(state)),
  )}</ul></nav>`
}

/** The form that narrows and orders the list. By post: what somebody looks for is in no address as it was typed. */
export function applicantFilter(
  deps: ApplicantPagesDeps,
  visit: Pick<DeskVisit, 'csrf'>,
  courseNumber: number,
  wish: ApplicantWish,
): Html {
  const { list } = deps.texts
  const isSet = isNarrowed(wish) || wish.order !== 'arrival'
  const body = html`${stateChoices(deps, wish)}<div class="filters">${choices(deps, wish)}
<div class="actions"><button type="submit">${list.apply}</button>${
    isSet ? html`<a href="${deskHref(applicantsPath(courseNumber))}">${list.clear}</a>` : ''
  }</div></div>`
  return html`<details class="filter"${isSet ? html` open` : ''}><summary>${list.filter}</summary>
<div role="search">${deskForm(visit, `/peserta/${courseNumber}/cari`, body, { kind: 'search' })}</div></details>`
}

function stateChoices({ texts }: ApplicantPagesDeps, { states }: ApplicantWish): Html {
  return html`<fieldset class="choices"><legend>${texts.list.state}</legend>${registrationStates.map(
    (state) =>
      deskCheck({
        name: stateFieldOf(state),
        label: texts.states[state],
        checked: states?.includes(state) === true,
      }),
  )}</fieldset>`
}

function choices({ texts, words, kelurahan }: ApplicantPagesDeps, wish: ApplicantWish): Html {
  const { list } = texts
  return html`${deskSelect({
    name: 'kelurahan',
    label: list.kelurahan,
    value: wish.kelurahan,
    options: [
      { value: '', label: list.any_kelurahan },
      ...kelurahan.map(({ code, name }) => ({ value: code, label: name })),
    ],
  })}${deskSelect({
    name: 'jk',
    label: list.gender,
    value: wish.gender,
    options: [
      { value: '', label: list.any_gender },
      ...genders.map((gender) => ({ value: gender, label: words().genders[gender] })),
    ],
  })}${deskField({ name: 'cari', label: list.search, hint: list.search_hint, type: 'search', value: wish.search, required: false, maxLength: 100 })}${deskSelect(
    {
      name: 'urut',
      label: list.order,
      value: wish.order,
      options: applicantOrders.map((order) => ({ value: order, label: list.orders[order] })),
    },
  )}`
}
