import { fill } from '../../../language/fill-text.ts'
import type { FormProblem } from './form-problem.ts'
import { type PlanWordsDeps, valueText } from './plan-words.ts'

/** What to do about a problem, in a sentence with its figures. `was`: what stood in a field before, in words. */
export function problemSentence(
  deps: PlanWordsDeps,
  { code, at, details }: FormProblem,
  was: Readonly<Record<string, string>> = {},
): string {
  const { problems, problems_more: more, refused } = deps.texts
  const { value, one, other, why } = details
  const figures = value === undefined ? details : { ...details, value: valueText(deps, String(value)) }
  const own = ownSentence(more, code, typeof why === 'string' ? why : undefined)
  if (own !== undefined) return fill(own, figures)
  if (code === 'question_label' && other === undefined) return fill(more.question_label_alone, figures)
  if (code === 'fixed' && one !== undefined) return fill(more.fixed_session, figures)
  if (code === 'fixed') return fill(problems.fixed, { value: was[at.split('.')[0] ?? ''] || refused.empty })
  return fill(problems[code], figures)
}

/** Quotas and questions may be wrong in several ways. */
function ownSentence(
  { quota, question }: PlanWordsDeps['texts']['problems_more'],
  code: FormProblem['code'],
  why: string | undefined,
): string | undefined {
  const ways: Readonly<Record<string, string>> =
    code === 'quota' ? quota : code === 'question' ? question : {}
  return why === undefined ? undefined : ways[why]
}
