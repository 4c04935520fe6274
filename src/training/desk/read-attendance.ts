import { partakingStates } from '../attendance/attendee.ts'
import type { AttendanceDeps } from '../attendance/check-in.ts'
import type { AttendanceDesk } from '../training-desk.ts'
import { findClass } from './find-class.ts'
import type { NoteLook } from './note-look.ts'

/** Makes the use case: who is in a class, by name, and who of them was there. */
export function createReadAttendance(
  { store, attendance }: AttendanceDeps,
  noteLook: NoteLook,
): AttendanceDesk['read'] {
  return async (viewer, courseNumber, sessionId) => {
    const view = await store.transact(async (transaction) => {
      const found = await findClass(store, transaction, courseNumber, sessionId, 'read')
      if (found === undefined) return undefined
      const people = await attendance.people(transaction, courseNumber, partakingStates)
      return { ...found, people, presences: await attendance.presences(transaction, sessionId) }
    })
    if (view === undefined) return undefined
    const { course, session, people, presences } = view
    await noteLook(viewer, {
      action: 'training.attendance',
      subject: String(course.number),
      details: { session: Number(session.id), people: people.length },
    })
    return {
      course,
      session,
      people: people.map(({ registration: { number }, name }) => {
        const presence = presences.get(number)
        return { number, name, present: presence !== undefined, way: presence?.way, at: presence?.at }
      }),
    }
  }
}
