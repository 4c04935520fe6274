import type { App } from '../app.ts'
import { contentOf } from '../app-words.ts'
import type { Course } from '../training/course.ts'
import { applicantsCsv } from '../web/desk/applicants/applicants-csv.ts'
import { applicantsTable, type FileApplicant } from '../web/desk/applicants/applicants-table.ts'
import { applicantsXlsx } from '../web/desk/applicants/applicants-xlsx.ts'
import { parseTrainingFileTexts } from '../web/desk/applicants/training-file-texts.ts'

/** What a spreadsheet program opens: who applied to a course, in the city's words. */
export async function applicantsFile(
  { texts, trainingTexts, language }: App,
  course: Pick<Course, 'questions'>,
  people: readonly FileApplicant[],
  kind: 'csv' | 'xlsx',
): Promise<string | Uint8Array> {
  const table = applicantsTable(course, people, {
    texts: parseTrainingFileTexts(contentOf(texts, 'berkas-pelatihan')).applicants,
    words: trainingTexts().words,
    kelurahanName: (code) => language.places.byCode(code)?.name,
  })
  return kind === 'csv' ? applicantsCsv(table) : applicantsXlsx(table)
}
