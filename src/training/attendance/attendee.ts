import type { Registration } from '../registration.ts'

/** A person in a class. */
export interface Attendee {
  readonly registration: Registration
  /** Empty once erased. */
  readonly name: string
}

/** In these a person is in the class and may come. */
export const classStates = ['accepted', 'attending'] as const

/** In these a person is, or was to the end, in the class. An offered seat is nobody's yet. */
export const partakingStates = [...classStates, 'passed', 'not_passed', 'certified'] as const

/** Whether somebody attended enough of the sessions that were for a certificate. */
export function isEnough(minAttendance: number, attended: number, held: number): boolean {
  return held > 0 && attended * 100 >= minAttendance * held
}
