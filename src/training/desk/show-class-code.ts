import type { AttendanceDeps } from '../attendance/check-in.ts'
import { classCode, isAttendanceTaken } from '../attendance/class-code.ts'
import type { AttendanceDesk } from '../training-desk.ts'
import { findClass } from './find-class.ts'
import type { NoteLook } from './note-look.ts'

/** Makes the use case: the code that is shown in class now. */
export function createShowClassCode(
  { store, secrets, now }: AttendanceDeps,
  noteLook: NoteLook,
): AttendanceDesk['code'] {
  return async (viewer, courseNumber, sessionId) => {
    const found = await store.transact((transaction) =>
      findClass(store, transaction, courseNumber, sessionId, 'read'),
    )
    const at = now()
    if (found === undefined || !isAttendanceTaken(found.session, at)) return undefined
    await noteLook(viewer, {
      action: 'training.class_code',
      subject: String(courseNumber),
      details: { session: Number(sessionId) },
    })
    return classCode(secrets, sessionId, at)
  }
}
