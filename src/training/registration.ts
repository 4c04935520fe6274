import type { Education, Gender } from './course.ts'

/**
 * The life of a registration. `reserve`: on the waiting list. `lapsed`: an offered seat was not answered. `cancelled`: given up
 * before there was a seat, `withdrawn`: after. `absent`: had a seat and did not come.
 */
export const registrationStates = [
  'registered',
  'screened',
  'interview',
  'reserve',
  'offered',
  'accepted',
  'attending',
  'passed',
  'not_passed',
  'certified',
  'rejected',
  'lapsed',
  'cancelled',
  'withdrawn',
  'absent',
] as const
export type RegistrationState = (typeof registrationStates)[number]

/** In these a seat is taken. */
export const seatedStates = ['offered', 'accepted', 'attending', 'passed', 'not_passed', 'certified'] as const

/** In these the person waits for a decision. */
export const pendingStates = ['registered', 'screened', 'interview'] as const

/** In these the person may not register for the same course again. */
export const standingStates = [...pendingStates, 'reserve', ...seatedStates] as const

/** In these, of a course that is not over, a person is in an active training: the waiting list does not count. */
export const activeStates = [...pendingStates, 'offered', 'accepted', 'attending'] as const

/** An answer to a question of a course. */
export interface CourseAnswer {
  readonly id: string
  /** The question as it was asked. */
  readonly question: string
  /** As the person reads it: "Ya", "12 Mei 2020". */
  readonly answer: string
}

/** What was written by whoever registered; kept sealed. */
export interface RegistrationDetails {
  /** Of the person who is to take part. */
  readonly name: string
  /** `YYYY-MM-DD`, or `YYYY` where only the year was told. */
  readonly birth: string
  readonly reason: string
  /** Another number to call; E.164. */
  readonly phone: string | undefined
  readonly answers: readonly CourseAnswer[]
}

/** One person's application to a course. */
export interface Registration {
  readonly number: number
  readonly courseNumber: number
  /** Undefined once erased. */
  readonly contactId: string | undefined
  readonly chatId: bigint | undefined
  readonly forWhom: 'self' | 'other'
  readonly kelurahan: string
  readonly education: Education
  readonly gender: Gender | undefined
  readonly desil: number | undefined
  readonly consentVersion: string
  readonly consentAt: Date
  readonly state: RegistrationState
  readonly stateAt: Date
  /** 0 to 100. */
  readonly score: number | undefined
  /** Why it was decided so, as the person is told. */
  readonly reason: string | undefined
  readonly offerUntil: Date | undefined
  readonly acceptedAt: Date | undefined
  readonly barredUntil: Date | undefined
  readonly createdAt: Date
}

/** Who did something with a registration. */
export type Doer =
  | { readonly type: 'resident'; readonly contactId: string }
  | { readonly type: 'officer'; readonly id: string; readonly name: string }
  | { readonly type: 'time' }

/** Whether a state is one of some. */
export function isIn(state: RegistrationState, states: readonly RegistrationState[]): boolean {
  return states.includes(state)
}
