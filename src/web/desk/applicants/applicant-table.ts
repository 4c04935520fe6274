import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Course } from '../../../training/course.ts'
import type { ApplicantLine } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { deskTable } from '../desk-table.ts'
import { deskTime } from '../desk-time.ts'
import type { ApplicantPagesDeps } from './applicant-deps.ts'
import type { ApplicantWish } from './applicant-wish.ts'
import { pickBox } from './chosen-people.ts'
import { ageWords, personName, plainName } from './person-words.ts'
import { registrationPill } from './registration-pill.ts'

/** A page of applicants. `chosen`: who is ticked; undefined where nothing can be decided. */
export function applicantTable(
  deps: ApplicantPagesDeps,
  course: Course,
  people: readonly ApplicantLine[],
  chosen: ApplicantWish['chosen'] | undefined,
): Html {
  const { columns, caption } = deps.texts.list
  const hasScores = course.selection === 'officer'
  const wasHeld = people.some(({ held }) => held > 0)
  return deskTable({
    caption,
    columns: [
      ...[columns.person, columns.age, columns.kelurahan, columns.education],
      ...(hasScores ? [columns.score] : []),
      columns.state,
      ...(wasHeld ? [columns.attended] : []),
      columns.when,
    ],
    rows: people.map((person) => {
      const { kelurahan, education, score, createdAt } = person.registration
      return [
        personCell(deps, person, chosen),
        html`<span class="few">${ageWords(deps.texts, person)}</span>`,
        deps.kelurahanName(kelurahan) ?? kelurahan,
        deps.texts.list.educations[education],
        ...(hasScores ? [score === undefined ? '' : String(score)] : []),
        stateCell(deps, person),
        ...(wasHeld ? [attendedCell(deps, person)] : []),
        deskTime(createdAt),
      ]
    }),
  })
}

function personCell(
  { texts }: ApplicantPagesDeps,
  { registration, name, hasNote }: ApplicantLine,
  chosen: ApplicantWish['chosen'] | undefined,
): Html {
  const { number, courseNumber } = registration
  const label = fill(texts.list.pick, { name: `${plainName(texts, name)} (${number})` })
  const isChosen = chosen === 'all' || chosen?.includes(number) === true
  return html`<div class="person">${chosen === undefined ? '' : pickBox(number, label, isChosen)}<div><a href="${deskHref(`/peserta/${courseNumber}/${number}`)}">${personName(texts, name)}</a>
<span class="hint under">${fill(texts.number, { number })}${hasNote ? ` · ${texts.list.note}` : ''}</span></div></div>`
}

function stateCell({ texts }: ApplicantPagesDeps, { registration, placeInLine }: ApplicantLine): Html {
  const place =
    placeInLine === undefined
      ? ''
      : html` <span class="hint">${fill(texts.list.place, { place: placeInLine })}</span>`
  return html`${registrationPill(texts, registration.state)}${place}`
}

function attendedCell({ texts }: ApplicantPagesDeps, { attended, held }: ApplicantLine): Html | '' {
  return held === 0 ? '' : html`<span class="few">${fill(texts.list.attended, { attended, held })}</span>`
}
