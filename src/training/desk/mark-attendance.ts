import { partakingStates } from '../attendance/attendee.ts'
import { type AttendanceDeps, notePresence } from '../attendance/check-in.ts'
import { attendanceMarginMs } from '../attendance/class-code.ts'
import type { AttendanceDesk } from '../training-desk.ts'
import { findClass } from './find-class.ts'

/**
 * Makes the use case: exactly these of the class were there, whenever the list is handed in from an hour before the session on.
 * Whoever is taken off again stays in the class.
 */
export function createMarkAttendance(deps: AttendanceDeps): AttendanceDesk['mark'] {
  const { store, attendance, audit } = deps
  return (viewer, courseNumber, sessionId, present) =>
    store.transact(async (transaction) => {
      const found = await findClass(store, transaction, courseNumber, sessionId, 'lock')
      if (found === undefined) return { type: 'unknown' }
      const { session } = found
      const now = deps.now()
      if (now.getTime() < session.startsAt.getTime() - attendanceMarginMs) return { type: 'early' }
      const people = await attendance.people(transaction, courseNumber, partakingStates)
      const there = people.filter(({ registration }) => present.includes(registration.number))
      const presences = await attendance.presences(transaction, sessionId)
      const gone = people
        .map(({ registration }) => registration.number)
        .filter((number) => presences.has(number) && !present.includes(number))
      const by = { type: 'officer', id: viewer.id, name: viewer.name } as const
      const fresh = await notePresence(deps, transaction, { session, people: there, by, way: 'list', now })
      await attendance.takeOff(transaction, sessionId, gone)
      for (const [numbers, outcome] of [[fresh, 'present'] as const, [gone, 'absent'] as const]) {
        for (const number of numbers) {
          await audit.record(transaction, {
            at: now,
            actor: { type: 'staff', id: viewer.id },
            action: 'training.mark',
            subject: String(number),
            outcome,
            details: { session: Number(sessionId) },
          })
        }
      }
      return { type: 'done', present: there.length }
    })
}
