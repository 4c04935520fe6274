import { classStates } from '../attendee.ts'
import type { AttendanceDeps } from '../check-in.ts'
import type { Course } from '../course.ts'
import { isIn } from '../registration.ts'
import type { AttendanceDesk } from '../training-desk.ts'
import { changePeople } from './change-people.ts'

const dayMs = 86_400_000

/**
 * Makes the use case: they did not come, as can be told once the first session is over. Their seats are free, and a rule of the
 * course may bar them for a time.
 */
export function createMarkAbsent(deps: AttendanceDeps): AttendanceDesk['markAbsent'] {
  const { store } = deps
  return (viewer, courseNumber, numbers) =>
    changePeople(
      deps,
      { viewer, courseNumber, numbers, action: 'training.absent' },
      async ({ transaction, course, now }) => {
        const [first] = course.sessions
        const isReady = course.state !== 'cancelled' && first !== undefined && first.endsAt <= now
        const by = { type: 'officer', id: viewer.id, name: viewer.name } as const
        return async ({ registration: { number, state } }) => {
          if (!isIn(state, classStates)) return { left: 'over' }
          if (!isReady) return { left: 'not_ready' }
          await store.move(transaction, number, 'absent', by, now, barOf(course, now))
          return { outcome: course.barDays > 0 ? 'barred' : 'absent' }
        }
      },
    )
}

function barOf({ barDays }: Pick<Course, 'barDays'>, now: Date) {
  return barDays > 0 ? { barredUntil: new Date(now.getTime() + barDays * dayMs) } : {}
}
