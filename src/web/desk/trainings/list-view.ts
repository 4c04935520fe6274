import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { daysText } from '../../../training/browse/course-text.ts'
import type { Course } from '../../../training/course.ts'
import type { CourseLine } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { deskTable } from '../desk-table.ts'
import { shortMoment } from '../desk-time.ts'
import { coursePill } from './course-pill.ts'
import { officeText } from './plan-words.ts'
import type { TrainingPagesDeps } from './training-deps.ts'

/** The courses; `all`: also those that are over. */
export function listView(deps: TrainingPagesDeps, lines: readonly CourseLine[], all: boolean): Html {
  const { list } = deps.texts
  const none = all ? list.none : list.none_current
  return html`<div class="trainings"><h1>${list.title}</h1>
<p class="actions"><a class="button" href="${deskHref('/pelatihan/baru')}">${list.new}</a></p>
${choice(deps, all)}${lines.length === 0 ? html`<p class="panel">${none}</p>` : table(deps, lines)}</div>`
}

function choice({ texts }: TrainingPagesDeps, all: boolean): Html {
  const { list } = texts
  const link = (path: string, label: string, isHere: boolean) =>
    html`<li><a href="${deskHref(path)}"${isHere ? html` aria-current="page"` : ''}>${label}</a></li>`
  return html`<nav class="parts" aria-label="${list.filter}"><ul>${link('/pelatihan', list.current, !all)}${link('/pelatihan?semua=ya', list.all, all)}</ul></nav>`
}

function table(deps: TrainingPagesDeps, lines: readonly CourseLine[]): Html {
  const { texts, now } = deps
  const { schedule } = deps.residentWords()
  const { caption, columns, seats } = texts.list
  return deskTable({
    caption,
    columns: [columns.course, columns.state, columns.dates, columns.seats, columns.waiting, columns.window],
    rows: lines.map(({ course, seated, reserves }) => [
      html`<a href="${deskHref(`/pelatihan/${course.number}`)}">${course.number}. ${course.title}</a> <span class="hint">${officeText(deps, course.office)}</span>`,
      coursePill(texts, course.state),
      daysText(course.sessions, schedule),
      fill(seats, { taken: seated, seats: course.seats }),
      reserves === 0 ? '' : String(reserves),
      windowText(deps, course, now()),
    ]),
  })
}

/** What of the time of registration matters at the moment; nothing of a course that is off. */
function windowText({ texts }: TrainingPagesDeps, course: Course, now: Date): string {
  const { opens, closes, closed } = texts.list
  const { state, opensAt, closesAt } = course
  if (state === 'cancelled') return ''
  if (now < opensAt) return fill(opens, { time: shortMoment(opensAt) })
  return fill(now < closesAt ? closes : closed, { time: shortMoment(closesAt) })
}
