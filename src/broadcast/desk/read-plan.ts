import type { z } from 'zod'
import { type BroadcastPlan, planShape } from '../broadcast.ts'
import type { PlanProblem } from '../broadcast-desk.ts'

/** A plan as it is kept, without spaces at its ends; or what of its form is wrong. */
export type ReadPlan =
  | { readonly type: 'read'; readonly plan: BroadcastPlan }
  | { readonly type: 'broken'; readonly problems: readonly PlanProblem[] }

/** Reads what an officer wrote. Whether it makes sense is told elsewhere. */
export function readPlan(written: unknown): ReadPlan {
  const read = planShape.safeParse(written)
  if (read.success) return { type: 'read', plan: read.data }
  const problems = read.error.issues.map((issue) => ({
    at: issue.path.map(String).join('.'),
    what: whatOf(issue),
  }))
  return { type: 'broken', problems }
}

function whatOf(issue: z.core.$ZodIssue): PlanProblem['what'] {
  if (issue.code === 'too_big') return 'too_long'
  if (issue.code === 'too_small') return 'missing'
  return issue.code === 'invalid_type' && issue.input === undefined ? 'missing' : 'wrong'
}
