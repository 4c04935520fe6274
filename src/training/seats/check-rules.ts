import type { z } from 'zod'
import type { ActionContext, ActionResult } from '../../flow/action.ts'
import { formatDate } from '../../language/format.ts'
import type { Transaction } from '../../storage/database.ts'
import { isPublic } from '../course.ts'
import type { trainingContracts } from '../training-contracts.ts'
import type { TrainingDeps } from '../training-deps.ts'
import { judgeEligibility } from './eligibility.ts'
import { type RefusalDeps, refusalText } from './refusal-text.ts'

type Input = z.infer<typeof trainingContracts.check_rules.inputs>

/** Whether the rules of a course let a person in, ahead of the rest of the form. Nothing is kept. */
export async function checkRules(
  deps: Pick<TrainingDeps, 'store'> & RefusalDeps,
  { transaction, now }: ActionContext<Transaction>,
  { course_id, for_whom, ...person }: Input,
): Promise<ActionResult> {
  const course = await deps.store.course(transaction, course_id)
  if (course === undefined || !isPublic(course)) return { outcome: 'gone', values: {} }
  const judged = judgeEligibility(course, { ...person, forWhom: for_whom }, now)
  switch (judged.type) {
    case 'fits': {
      const education_label = deps.words().educations[person.education]
      return { outcome: 'fits', values: { birth_label: formatDate(person.birth), education_label } }
    }
    case 'need_date':
      return { outcome: 'need_date', values: {} }
    case 'refused': {
      const { title, contact } = course
      return { outcome: 'refused', values: { title, contact, rule: refusalText(deps, judged) } }
    }
  }
}
