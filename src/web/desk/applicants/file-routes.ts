import { partakingStates } from '../../../training/attendance/attendee.ts'
import type { CourseView } from '../../../training/training-desk.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { applicantsCsv } from './applicants-csv.ts'
import { applicantsTable } from './applicants-table.ts'
import { applicantsXlsx, xlsxMime } from './applicants-xlsx.ts'
import { createAttendanceSheet } from './attendance-sheet.ts'
import { type ApplicantListDeps, numberIn, wishIn } from './list-visit.ts'
import { missingPage } from './missing-page.ts'
import { plainName } from './person-words.ts'

const list = '/peserta/:number{[0-9]{1,9}}'

/** The files of a course that officers take away: its applicants as the list is narrowed, and a sheet to sign. */
export function fileRoutes(deps: ApplicantListDeps): readonly DeskRoute[] {
  const file = (
    name: string,
    make: (visit: DeskVisit, view: CourseView) => Promise<Response>,
  ): DeskRoute => ({
    method: 'get',
    path: `${list}/${name}`,
    permission: 'trainings',
    async handle(visit) {
      const view = await deps.desk.courses.read(visit.officer, numberIn(visit))
      return view === undefined ? missingPage(visit, deps.texts, 'course') : make(visit, view)
    },
  })
  return [
    file('daftar.csv', async (visit, view) => {
      const body = applicantsCsv(await tableOf(deps, visit, view))
      return keep(visit, { name: 'daftar', ending: 'csv', mime: 'text/csv; charset=utf-8', body })
    }),
    file('daftar.xlsx', async (visit, view) => {
      const body = new Uint8Array(await applicantsXlsx(await tableOf(deps, visit, view)))
      return keep(visit, { name: 'daftar', ending: 'xlsx', mime: xlsxMime, body })
    }),
    file('hadir.pdf', async (visit, view) => {
      const body = new Uint8Array(await sheetOf(deps, visit, view))
      return keep(visit, { name: 'hadir', ending: 'pdf', mime: 'application/pdf', body })
    }),
  ]
}

async function tableOf(deps: ApplicantListDeps, visit: DeskVisit, { course }: CourseView) {
  const { desk, fileTexts, words, kelurahanName } = deps
  const wish = wishIn(deps, visit, visit.context.req.query())
  const people = await desk.applicants.export(visit.officer, course.number, wish)
  return applicantsTable(course, people, { texts: fileTexts.applicants, words: words(), kelurahanName })
}

async function sheetOf(
  { desk, texts, fileTexts, offices, now }: ApplicantListDeps,
  { officer }: DeskVisit,
  { course }: CourseView,
): Promise<Uint8Array> {
  const filter = { states: partakingStates, order: 'name' } as const
  const people = await desk.applicants.list(officer, course.number, filter, 'sheet')
  const { title, office, place, sessions } = course
  return createAttendanceSheet({
    ...{ texts: fileTexts.attendance, title, place, sessions, date: now() },
    office: offices().get(office)?.title ?? office,
    names: people.map(({ name }) => plainName(texts, name)),
  })
}

/** A file to keep, named for the course's number only. */
function keep(
  visit: DeskVisit,
  file: {
    readonly name: string
    readonly ending: string
    readonly mime: string
    readonly body: string | Uint8Array<ArrayBuffer>
  },
): Response {
  const { name, ending, mime, body } = file
  return visit.context.body(body, 200, {
    'Content-Type': mime,
    'Content-Disposition': `attachment; filename="${name}-${numberIn(visit)}.${ending}"`,
    'X-Content-Type-Options': 'nosniff',
  })
}
