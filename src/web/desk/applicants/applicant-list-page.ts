import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { isPublic } from '../../../training/course.ts'
import type { ApplicantLine, CourseView } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { ApplicantPagesDeps } from './applicant-deps.ts'
import { applicantFilter, stateCounts } from './applicant-filter.ts'
import { applicantTable } from './applicant-table.ts'
import { type ApplicantWish, applicantQuery, applicantsPath, isNarrowed } from './applicant-wish.ts'
import { courseParts } from './course-parts.ts'
import { decisionForm, refusalNotice } from './decision-form.ts'
import { pickBar, pickScript } from './pick-bar.ts'

/** How many applicants a page shows. */
const pageSize = 50

/** What the list is made with. */
export interface ShownList {
  readonly view: CourseView
  readonly wish: ApplicantWish
  /** Everybody whom the wish lists, of which a page is shown. */
  readonly people: readonly ApplicantLine[]
  /** Why nothing was done, and what stood in the form. */
  readonly refusal?: string | undefined
  readonly given?: Readonly<Record<string, string>> | undefined
}

/** The applicants of a course: counts, filter, table, and decisions about many. */
export function applicantListPage(deps: ApplicantPagesDeps, visit: DeskVisit, shown: ShownList): Html {
  const { list } = deps.texts
  const { view, wish, people, refusal } = shown
  const { course, seated, reserves, applicants } = view
  const standing = fill(list.standing, { seated, seats: course.seats, reserves, applicants })
  return html`<div class="applicants">${courseParts(deps.texts, course.number, 'applicants')}
<h1>${fill(list.heading, { title: course.title })}</h1><p class="lead">${standing}</p>
${refusalNotice(deps.texts, refusal)}${stateCounts(deps, view, wish)}
${applicantFilter(deps, visit, course.number, wish)}
${people.length === 0 ? html`<p class="panel">${isNarrowed(wish) ? list.none_found : list.none}</p>` : chosenForm(deps, visit, shown)}
${people.length === 0 ? '' : files(deps, course.number, wish)}</div>${pickScript}`
}

function chosenForm(deps: ApplicantPagesDeps, visit: DeskVisit, shown: ShownList): Html {
  const { list } = deps.texts
  const { view, wish, people, given = {} } = shown
  const { number } = view.course
  const { onPage, page, last } = pageOf(people, wish.page)
  const around = pager(deps, shown, page, last)
  if (!isPublic(view.course)) {
    return html`<p class="panel">${list.over}</p>${applicantTable(deps, view.course, onPage, undefined)}${around}`
  }
  const body = html`<input type="hidden" name="saring" value="${applicantQuery({ ...wish, page, chosen: [] })}">
${pickBar(deps.texts, {
  href: applicantsPath(number, { ...wish, page, chosen: wish.chosen === 'all' ? [] : 'all' }),
  areAllTicked: wish.chosen === 'all',
  down: { id: 'putusan-terpilih', label: list.to_decision },
})}
${applicantTable(deps, view.course, onPage, wish.chosen)}${around}
<section class="panel decide" id="putusan-terpilih"><h2>${list.decide_title}</h2>${decisionForm(deps.texts, given)}
<p class="actions"><button type="submit">${list.check}</button></p><p class="hint">${list.check_hint}</p></section>`
  return deskForm(visit, `/peserta/${number}/putusan`, body, { kind: 'picks' })
}

function pageOf(people: readonly ApplicantLine[], wished: number) {
  const last = Math.max(1, Math.ceil(people.length / pageSize))
  const page = Math.min(wished, last)
  return { onPage: people.slice((page - 1) * pageSize, page * pageSize), page, last }
}

function pager(
  { texts }: ApplicantPagesDeps,
  { view, wish, people }: ShownList,
  page: number,
  last: number,
): Html {
  const { list } = texts
  const to = (other: number) =>
    deskHref(applicantsPath(view.course.number, { ...wish, page: other, chosen: [] }))
  const from = (page - 1) * pageSize + 1
  const found = { from, to: Math.min(page * pageSize, people.length), count: people.length }
  return html`<div class="pager"><span class="hint">${fill(list.found, found)}</span>${
    page > 1
      ? html`<a class="button second small" href="${to(page - 1)}" rel="prev">${list.previous}</a>`
      : ''
  }${page < last ? html`<a class="button second small" href="${to(page + 1)}" rel="next">${list.next}</a>` : ''}</div>`
}

function files({ texts }: ApplicantPagesDeps, courseNumber: number, wish: ApplicantWish): Html {
  const { list } = texts
  const narrowed = { ...wish, page: 1, chosen: [] }
  const link = (path: string, label: string): Html =>
    html`<li><a class="roomy" href="${deskHref(path)}" download>${label}</a></li>`
  return html`<section class="files"><h2>${list.files}</h2><ul class="file-links">${link(applicantsPath(courseNumber, narrowed, '/daftar.xlsx'), list.xlsx)}${link(
    applicantsPath(courseNumber, narrowed, '/daftar.csv'),
    list.csv,
  )}${link(applicantsPath(courseNumber, {}, '/hadir.pdf'), list.sheet)}</ul>
<p class="hint">${list.files_hint}</p></section>`
}
