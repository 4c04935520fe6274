import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { registrationStates } from '../../../training/registration.ts'
import type { CourseView } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { groupText } from './plan-words.ts'
import type { TrainingPagesDeps } from './training-deps.ts'

/** How full a course is, in all and by groups, and how many stand in which state. */
export function coursePeople(deps: TrainingPagesDeps, view: CourseView): Html {
  const { course: words } = deps.texts
  const { course, seated, quotas } = view
  const whole = bar(deps, { id: 'terisi', label: words.seats, taken: seated, seats: course.seats })
  const groups = quotas.map(({ quota, taken }, index) =>
    bar(deps, { id: `terisi-${index}`, label: groupText(deps, quota), taken, seats: quota.seats }),
  )
  return html`<section><h2>${words.seats_title}</h2><div class="panel seats">${whole}${groups}</div>${counts(deps, view)}</section>`
}

function bar(
  { texts }: TrainingPagesDeps,
  line: { readonly id: string; readonly label: string; readonly taken: number; readonly seats: number },
): Html {
  const { id, label, taken, seats } = line
  return html`<p class="seat-line"><label for="${id}">${label}</label><span>${fill(texts.course.taken, { taken, seats })}</span><meter id="${id}" min="0" max="${Math.max(seats, 1)}" value="${Math.min(taken, seats)}"></meter></p>`
}

function counts({ texts, words }: TrainingPagesDeps, { course, counts: found }: CourseView): Html {
  const states = registrationStates.filter((state) => found[state] > 0)
  if (states.length === 0) return html`<p class="quiet-text">${texts.course.no_people}</p>`
  return html`<ul class="course-counts">${states.map((state) => {
    const href = deskHref(`/peserta/${course.number}?keadaan=${state}`)
    return html`<li><a class="count-link" href="${href}"><b>${found[state]}</b><span>${words().states[state]}</span></a></li>`
  })}</ul>`
}
