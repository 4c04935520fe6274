import { classStates } from '../attendance/attendee.ts'
import type { Course } from '../course.ts'
import { isIn } from '../registration.ts'
import type { TrainingDeps } from '../training-deps.ts'
import type { AttendanceDesk } from '../training-desk.ts'
import { type ChangePeopleDeps, changePeople } from './change-people.ts'
import { tellResult } from './tell-result.ts'

const dayMs = 86_400_000

/**
 * Makes the use case: they did not come, as can be told once the first session is over. Their seats are free, a rule of the course
 * may bar them for a time, and they are told so.
 */
export function createMarkAbsent(
  deps: ChangePeopleDeps & Pick<TrainingDeps, 'notices' | 'words'>,
): AttendanceDesk['markAbsent'] {
  return (viewer, courseNumber, numbers) =>
    changePeople(deps, { viewer, courseNumber, numbers, action: 'training.absent' }, async (locked) => {
      const { transaction, course, now } = locked
      const [first] = course.sessions
      const isReady = course.state !== 'cancelled' && first !== undefined && first.endsAt <= now
      const by = { type: 'officer', id: viewer.id, name: viewer.name } as const
      return async ({ registration }) => {
        if (!isIn(registration.state, classStates)) return { left: 'over' }
        if (!isReady) return { left: 'not_ready' }
        await deps.store.move(transaction, registration.number, 'absent', by, now, changeOf(course, now))
        await tellResult(deps, locked, registration, 'absent')
        return { outcome: course.barDays > 0 ? 'barred' : 'absent' }
      }
    })
}

/** The reason for which somebody was let in is none for this. */
function changeOf({ barDays }: Pick<Course, 'barDays'>, now: Date) {
  const bar = barDays > 0 ? { barredUntil: new Date(now.getTime() + barDays * dayMs) } : {}
  return { reason: null, ...bar }
}
