import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { decisions } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { deskField, deskSelect } from '../desk-field.ts'
import { longestReason } from './applicant-deps.ts'
import type { ApplicantTexts } from './applicant-texts.ts'
import { type DecisionProblem, ownReason } from './decision-wish.ts'

type Fields = Readonly<Record<string, string>>

/** The choice of a decision and of its reason; after a refusal with what was chosen. */
export function decisionForm(texts: ApplicantTexts, given: Fields): Html {
  const { list, decisions: words } = texts
  return html`${deskSelect({
    name: 'putusan',
    label: list.decision,
    value: given.putusan,
    options: [
      { value: '', label: list.choose },
      ...decisions.map((decision) => ({ value: decision, label: words[decision].label })),
    ],
  })}${reasonForm(texts, given, texts.reason.none)}`
}

/** The choice of a reason alone, and what is written to it. `none` is what the choice says as long as nothing is chosen. */
export function reasonForm(texts: ApplicantTexts, given: Fields, none: string): Html {
  const { reason, reasons } = texts
  return html`${deskSelect({
    name: 'alasan',
    label: reason.label,
    value: given.alasan,
    options: [
      { value: '', label: none },
      ...reasons.map(({ code, label }) => ({ value: code, label })),
      { value: ownReason, label: reason.other },
    ],
  })}${messageForm(texts, 'keterangan', given)}`
}

/** What an officer writes to the person along with a decision. */
export function messageForm({ reason }: ApplicantTexts, name: string, given: Fields, hint?: string): Html {
  const most = fill(reason.text_hint, { count: longestReason })
  return deskField({
    name,
    label: reason.text,
    hint: hint === undefined ? most : `${hint} ${most}`,
    value: given[name],
    maxLength: longestReason,
    required: false,
  })
}

/** What is wrong with a decision, in a sentence. */
export function problemText(
  { refused }: Pick<ApplicantTexts, 'refused'>,
  problem: DecisionProblem | 'nobody',
): string {
  return fill(refused[problem], { count: longestReason })
}

/** The sentence above a page on which something was not done. */
export function refusalNotice(
  { refused }: Pick<ApplicantTexts, 'refused'>,
  sentence: string | undefined,
): Html | '' {
  return sentence === undefined
    ? ''
    : html`<p class="notice" role="alert"><b>${refused.title}.</b> ${sentence}</p>`
}
