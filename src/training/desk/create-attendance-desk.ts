import type { AttendanceDeps } from '../attendance/check-in.ts'
import type { TrainingDeps } from '../training-deps.ts'
import type { AttendanceDesk } from '../training-desk.ts'
import { createMarkAbsent } from './mark-absent.ts'
import { createMarkAttendance } from './mark-attendance.ts'
import { createNoteLook } from './note-look.ts'
import { createReadAttendance } from './read-attendance.ts'
import { createShowClassCode } from './show-class-code.ts'

/** Makes the desk of attendance. */
export function createAttendanceDesk(
  deps: AttendanceDeps & Pick<TrainingDeps, 'notices' | 'words'>,
): AttendanceDesk {
  const noteLook = createNoteLook(deps)
  return {
    read: createReadAttendance(deps, noteLook),
    code: createShowClassCode(deps, noteLook),
    mark: createMarkAttendance(deps),
    markAbsent: createMarkAbsent(deps),
  }
}
