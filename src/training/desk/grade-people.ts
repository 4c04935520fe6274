import { classStates, isEnough } from '../attendance/attendee.ts'
import type { CertificateDeps } from '../certificates/certificate-deps.ts'
import type { Course } from '../course.ts'
import { isIn } from '../registration.ts'
import type { CertificateDesk } from '../training-desk.ts'
import { changePeople } from './change-people.ts'
import { heldSessions } from './held-sessions.ts'
import { tellResult } from './tell-result.ts'

const gradable = [...classStates, 'passed', 'not_passed'] as const

/**
 * Makes the use case. Who did not pass is told so; who passed is told by the certificate, or at once where they did not come often
 * enough for one.
 */
export function createGradePeople(
  deps: Pick<CertificateDeps, 'store' | 'attendance' | 'audit' | 'notices' | 'words' | 'now'>,
): CertificateDesk['grade'] {
  const { store, attendance } = deps
  return (viewer, courseNumber, numbers, passed) =>
    changePeople(deps, { viewer, courseNumber, numbers, action: 'training.grade' }, async (locked) => {
      const { transaction, course, now } = locked
      const attended = await attendance.attended(transaction, course.number, now)
      const held = heldSessions(course, now)
      const state = passed ? 'passed' : 'not_passed'
      const by = { type: 'officer', id: viewer.id, name: viewer.name } as const
      return async ({ registration }) => {
        const { number } = registration
        if (!isIn(registration.state, gradable)) return { left: 'over' }
        if (!isBegun(course)) return { left: 'not_ready' }
        if (registration.state === state) return 'unchanged'
        await store.move(transaction, number, state, by, now, { reason: null })
        const hasCertificate = passed && isEnough(course.minAttendance, attended.get(number) ?? 0, held)
        await tellResult(deps, locked, registration, state, hasCertificate)
        return { outcome: state }
      }
    })
}

function isBegun({ state }: Pick<Course, 'state'>): boolean {
  return state === 'running' || state === 'finished'
}
