import type { CoursePlan, Session } from '../course.ts'

type PlanSession = CoursePlan['sessions'][number]

/** What becomes of a course's sessions when a plan takes the place of another. */
export interface SessionChanges {
  readonly kept: readonly { readonly id: bigint; readonly session: PlanSession }[]
  readonly added: readonly PlanSession[]
  readonly gone: readonly bigint[]
}

/**
 * Which session of the plan is which of before, so that who was there stays noted: those that begin at the same time are the same,
 * the others are matched in the order of time.
 */
export function matchSessions(before: readonly Session[], plan: readonly PlanSession[]): SessionChanges {
  const idAt = new Map(before.map(({ id, startsAt }) => [startsAt.getTime(), id]))
  const same = plan.flatMap((session) => {
    const id = idAt.get(session.startsAt.getTime())
    return id === undefined ? [] : [{ id, session }]
  })
  const stays = new Set(same.map(({ id }) => id))
  const left = byTime(before.filter(({ id }) => !stays.has(id)))
  const fresh = byTime(plan.filter(({ startsAt }) => !idAt.has(startsAt.getTime())))
  const moved = fresh.flatMap((session, index) => {
    const id = left[index]?.id
    return id === undefined ? [] : [{ id, session }]
  })
  return {
    kept: [...same, ...moved],
    added: fresh.slice(left.length),
    gone: left.slice(fresh.length).map(({ id }) => id),
  }
}

function byTime<Each extends PlanSession>(sessions: readonly Each[]): readonly Each[] {
  return [...sessions].sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
}
