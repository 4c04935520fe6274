import type { Course } from '../course.ts'
import type { Registration, RegistrationDetails } from '../registration.ts'
import type { Applicant } from './seats.ts'

/** A registration that is not there yet. */
export type NewRegistration = Pick<
  Registration,
  'courseNumber' | 'forWhom' | 'kelurahan' | 'education' | 'gender' | 'desil' | 'consentVersion' | 'state'
> & { readonly contactId: string; readonly chatId: bigint; readonly details: RegistrationDetails }

/** What changes of a registration besides its state. Null: it is taken away; left out: it stays. */
export interface RegistrationChange {
  readonly reason?: string | null
  readonly offerUntil?: Date | null
  readonly acceptedAt?: Date
  readonly barredUntil?: Date | null
}

/** Somebody on a waiting list, with what quotas ask. `chatId`: undefined once erased. */
export interface InLine extends Applicant {
  readonly number: number
  readonly chatId: bigint | undefined
}

/** That a person may not take part for a time. */
export interface Bar {
  readonly until: Date
  /** Who had registered them. */
  readonly contactId: string | undefined
}

/** What may stand against a registration, of the contact and of the person. */
export interface Background {
  /** How often the contact was told since a time that somebody is registered from elsewhere, as the trail tells. */
  readonly elsewhere: number
  /** How many different people besides this one the contact registered since: in any course, and who are in the course now. */
  readonly helped: number
  readonly helpedInCourse: number
  /** Whether somebody of the same name, birth year and kelurahan is in another training, or barred: it may be the same person. */
  readonly mayBeElsewhere: boolean
  readonly mayBeBarred: boolean
}

/** A course as it was seen, and by what it is told whether it changed since. */
export interface SeenCourse {
  readonly course: Course
  readonly mark: string
}

/** What a newcomer meets in a course. */
export interface Reception {
  /** Everybody who has a seat. */
  readonly seated: readonly Applicant[]
  /** How many are on the waiting list. */
  readonly waiting: number
  /** Whether somebody of the same name, birth year and kelurahan is in: it may be the same person. */
  readonly isKnown: boolean
}
