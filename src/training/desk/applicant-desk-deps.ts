import type { AttendanceStore } from '../attendance/store-attendance.ts'
import type { TrainingDeps } from '../training-deps.ts'
import type { ApplicantStore } from './store-applicants.ts'

/** What the desk of applicants is put together from. */
export interface ApplicantDeskDeps
  extends Pick<TrainingDeps, 'store' | 'notices' | 'words' | 'audit' | 'now'> {
  readonly applicants: ApplicantStore
  readonly attendance: Pick<AttendanceStore, 'attended'>
}
