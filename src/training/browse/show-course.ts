import type { ActionContext, ActionResult } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import { isPublic } from '../course.ts'
import type { BrowseDeps } from './browse-deps.ts'
import { readFacts } from './course-facts.ts'

/** What is told of one course. */
export async function showCourse(
  deps: BrowseDeps,
  { transaction, now }: ActionContext<Transaction>,
  number: number,
): Promise<ActionResult> {
  const course = await deps.store.course(transaction, number)
  if (course === undefined || !isPublic(course)) return { outcome: 'gone', values: {} }
  const { standing, waiting, opens, shown } = await readFacts(deps, transaction, course, now)
  if (standing === 'full') return { outcome: 'full', values: { ...shown, waiting } }
  if (standing === 'soon') return { outcome: 'soon', values: { ...shown, opens } }
  return { outcome: standing, values: shown }
}
