import { formatMoment } from '../../language/format.ts'
import type { Course, CoursePlan } from '../course.ts'
import type { ChangeDetails } from '../notices/notice.ts'

/** Whether people who come by what they know would come to the wrong place, or at the wrong time. */
export function isElsewhere(before: CoursePlan, plan: CoursePlan): boolean {
  return before.place !== plan.place || timesOf(before, true) !== timesOf(plan, true)
}

/** How it was before: of the next session, where that is all that changed; else nothing, and all is told as it is now. */
export function whatChanged(before: Course, plan: CoursePlan, now: Date): ChangeDetails {
  const old = nextOf(before, now)
  const next = nextOf(plan, now)
  if (old === undefined || next === undefined) return {}
  const oldPlace = old.place ?? before.place
  const isMoved = old.startsAt.getTime() !== next.startsAt.getTime()
  const isElse = oldPlace !== (next.place ?? plan.place)
  if (!isMoved && timesOf(before, false) !== timesOf(plan, false)) return {}
  return {
    ...(isMoved ? { old_starts: formatMoment(old.startsAt) } : {}),
    ...(isElse ? { old_place: oldPlace } : {}),
  }
}

function nextOf({ sessions }: CoursePlan, now: Date): CoursePlan['sessions'][number] | undefined {
  return inOrder(sessions).find(({ startsAt }) => startsAt > now)
}

function timesOf({ sessions }: CoursePlan, withPlaces: boolean): string {
  return JSON.stringify(
    inOrder(sessions).map(({ startsAt, endsAt, place }) => [startsAt, endsAt, withPlaces && place]),
  )
}

function inOrder(sessions: CoursePlan['sessions']): CoursePlan['sessions'] {
  return sessions.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
}
