import { html } from 'hono/html'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import type { ApplicantTexts } from './applicant-texts.ts'

const paths = {
  course: '/pelatihan',
  applicants: '/peserta',
  attendance: '/kehadiran',
  certificates: '/sertifikat',
} as const
type Part = keyof typeof paths
const parts: readonly Part[] = ['course', 'applicants', 'attendance', 'certificates']

/** The way between the pages of one course; `here` is the one that is open. */
export function courseParts(
  { course }: Pick<ApplicantTexts, 'course'>,
  courseNumber: number,
  here: Part,
): Html {
  return html`<nav class="parts" aria-label="${course.parts}"><ul>${parts.map(
    (part) =>
      html`<li><a href="${deskHref(`${paths[part]}/${courseNumber}`)}"${part === here ? html` aria-current="page"` : ''}>${course[part]}</a></li>`,
  )}</ul></nav>`
}
