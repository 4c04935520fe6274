import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Left, ManyDone } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { deskTable } from '../desk-table.ts'
import type { ApplicantTexts } from './applicant-texts.ts'
import { section } from './missing-page.ts'
import { personName } from './person-words.ts'

/** What was asked for many. */
interface Asked {
  /** Said of those with whom it was done; `{{count}}`. */
  readonly done: string
  /** Below /desk: the list it was asked from. */
  readonly back: string
  /** What a reason not to do it means here, where it is not what it means everywhere. */
  readonly why?: Readonly<Partial<Record<Left, string>>>
}

/** Goes on after something was done with many: back to the list, or, where some were left, to who and why. */
export async function answerMany(
  texts: ApplicantTexts,
  visit: DeskVisit,
  result: ManyDone,
  asked: Asked,
): Promise<Response> {
  const { done, back } = asked
  const { title } = texts.result
  if (result.left.length === 0) return visit.redirect(back, fill(done, { count: result.done }))
  return visit.page({ title, body: resultPage(texts, result, asked), section })
}

function resultPage(texts: ApplicantTexts, { done, left }: ManyDone, asked: Asked): Html {
  const { result } = texts
  const said = done === 0 ? result.none : fill(asked.done, { count: done })
  return html`<div class="applicants"><h1>${result.title}</h1><p class="${done === 0 ? 'warning' : 'flash'}" role="status">${said}</p>
<h2>${fill(result.left_title, { count: left.length })}</h2>${deskTable({
    caption: result.left_caption,
    columns: [result.name, result.why],
    rows: left.map(({ number, name, why }) => [
      html`${personName(texts, name)} <span class="hint">${fill(texts.number, { number })}</span>`,
      whyLeft(texts, why, asked.why),
    ]),
  })}<p class="actions"><a class="button" href="${deskHref(asked.back)}">${result.back}</a></p></div>`
}

/** Why somebody was left as they were, in a sentence. */
export function whyLeft(
  { left }: Pick<ApplicantTexts, 'left'>,
  why: Left,
  here: Readonly<Partial<Record<Left, string>>> = {},
): string {
  return here[why] ?? left[why]
}
