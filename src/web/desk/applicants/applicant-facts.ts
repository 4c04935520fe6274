import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatDate } from '../../../language/format.ts'
import type { ApplicantView } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { deskTime, shortMoment } from '../desk-time.ts'
import type { ApplicantPagesDeps } from './applicant-deps.ts'
import { ageWords } from './person-words.ts'
import { registrationPill } from './registration-pill.ts'

type Fact = readonly [string, Html | string | undefined]

/** What is so of a registration, and of the person as far as it was told. */
export function applicantFacts(deps: ApplicantPagesDeps, view: ApplicantView, now: Date): Html {
  const facts = [...standing(deps, view, now), ...person(deps, view), ...origin(deps, view)]
  return html`<dl class="facts">${facts.map(([name, value]) =>
    value === undefined || value === '' ? '' : html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl>`
}

function standing({ texts }: ApplicantPagesDeps, view: ApplicantView, now: Date): readonly Fact[] {
  const { person, list } = texts
  const { registration, placeInLine, attended, held } = view
  const { state, stateAt, offerUntil, barredUntil } = registration
  const isBarred = barredUntil !== undefined && barredUntil > now
  return [
    [person.number, String(registration.number)],
    [
      person.state,
      html`${registrationPill(texts, state)} <span class="hint">${fill(person.since, { time: shortMoment(stateAt) })}</span>`,
    ],
    [person.place, placeInLine === undefined ? undefined : String(placeInLine)],
    [person.offer_until, state === 'offered' && offerUntil !== undefined ? deskTime(offerUntil) : undefined],
    [
      person.told_reason,
      registration.reason === undefined ? undefined : html`<bdi>${registration.reason}</bdi>`,
    ],
    [person.barred, isBarred ? deskTime(barredUntil) : undefined],
    [person.attended, held === 0 ? undefined : fill(list.attended, { attended, held })],
  ]
}

function person({ texts, words, kelurahanName }: ApplicantPagesDeps, view: ApplicantView): readonly Fact[] {
  const { person } = texts
  const { registration, birth, phone } = view
  const { kelurahan, education, gender, desil } = registration
  return [
    [person.age, ageLine(texts, view, birth)],
    [person.gender, gender === undefined ? undefined : words().genders[gender]],
    [person.kelurahan, kelurahanName(kelurahan) ?? kelurahan],
    [person.education, words().educations[education]],
    [person.desil, desil === undefined ? undefined : String(desil)],
    [person.phone, phone === undefined ? undefined : html`<a href="tel:${phone}">${phone}</a>`],
  ]
}

function ageLine(texts: ApplicantPagesDeps['texts'], view: ApplicantView, birth: string): string {
  const age = ageWords(texts, view)
  return view.age === undefined || birth === ''
    ? age
    : `${age}, ${fill(texts.person.birth, { birth: formatDate(birth) })}`
}

function origin({ texts }: ApplicantPagesDeps, { registration, channel }: ApplicantView): readonly Fact[] {
  const { person } = texts
  const { forWhom, createdAt, consentAt, consentVersion } = registration
  const consent = fill(person.consent_version, { time: shortMoment(consentAt), version: consentVersion })
  return [
    [person.for_whom, person.for[forWhom]],
    [person.channel, channel === undefined ? undefined : (person.channels[channel] ?? channel)],
    [person.created, deskTime(createdAt)],
    [person.consent, consent],
  ]
}
