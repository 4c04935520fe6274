import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatDate } from '../../../language/format.ts'
import type { ApplicantLine } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import type { ApplicantTexts } from './applicant-texts.ts'

/** A person's name, or that it was erased. A name may run from right to left. */
export function personName({ erased }: Pick<ApplicantTexts, 'erased'>, name: string): Html {
  return name === '' ? html`<i>${erased}</i>` : html`<bdi>${name}</bdi>`
}

/** The same where nothing but text may stand. */
export function plainName({ erased }: Pick<ApplicantTexts, 'erased'>, name: string): string {
  return name === '' ? erased : name
}

/** How old a person was at registration; the year of birth where it leaves that open; nothing once erased. */
export function ageWords(
  { list }: Pick<ApplicantTexts, 'list'>,
  { age, birth }: Pick<ApplicantLine, 'age' | 'birth'>,
): string {
  if (age !== undefined) return fill(list.years, { count: age })
  return birth === '' ? '' : fill(list.born, { year: formatDate(birth) })
}
