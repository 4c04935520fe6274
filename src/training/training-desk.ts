import type { Officer } from '../staff/officer.ts'
import type { Course, CoursePlan, CourseState, Gender, Quota, Session } from './course.ts'
import type { CourseProblem } from './plan/course-problem.ts'
import type { CourseAnswer, Registration, RegistrationState } from './registration.ts'

/** A course in a list. */
export interface CourseLine {
  readonly course: Course
  /** Everybody who applied and did not give up. */
  readonly applicants: number
  readonly seated: number
  readonly reserves: number
}

/** A course as an officer reads it. */
export interface CourseView extends CourseLine {
  readonly counts: Readonly<Record<RegistrationState, number>>
  /** How many seats of each quota are taken, in the order of the course. */
  readonly quotas: readonly { readonly quota: Quota; readonly taken: number }[]
  /** Where it may go from here. */
  readonly moves: readonly CourseState[]
  /** Told of in the chat so far and still to be told, of those who subscribed; undefined before it is announced. */
  readonly announcement: { readonly told: number; readonly left: number } | undefined
}

/** A person who applied, as an officer sees them. */
export interface ApplicantLine {
  readonly registration: Registration
  /** Empty once erased. */
  readonly name: string
  readonly birth: string
  /** On the day of registration; undefined where the year alone leaves it open, then the younger one is `ageAtLeast`. */
  readonly age: number | undefined
  readonly placeInLine: number | undefined
  readonly hasNote: boolean
  /** Sessions that were, and how many of them the person attended. */
  readonly attended: number
  readonly held: number
}

/** With what they wrote. */
export interface ApplicantWritten extends ApplicantLine {
  readonly reason: string
  readonly phone: string | undefined
  readonly answers: readonly CourseAnswer[]
}

export interface ApplicantView extends ApplicantWritten {
  readonly course: Course
  readonly note: string
  readonly channel: string | undefined
  readonly history: readonly {
    readonly state: RegistrationState
    readonly by: string | undefined
    readonly actor: 'resident' | 'officer' | 'time'
    readonly reason: string | undefined
    readonly at: Date
  }[]
}

/** Which applicants are listed. Left out: any. */
export interface ApplicantFilter {
  readonly states?: readonly RegistrationState[] | undefined
  readonly kelurahan?: string | undefined
  readonly gender?: Gender | undefined
  /** Part of a name, however it is written. */
  readonly search?: string | undefined
  readonly order?: 'arrival' | 'score' | 'name' | undefined
}

/** What an officer decides about applicants. `accept` and `reserve` also take back a refusal. */
export const decisions = ['screen', 'interview', 'accept', 'reserve', 'reject', 'withdraw'] as const
export type Decision = (typeof decisions)[number]

/** Why one of many was left as it was. `full`: no seat; `quota`: none in the person's group; `busy`: in another active training. */
export type Left = 'unknown' | 'over' | 'full' | 'quota' | 'busy' | 'not_ready'

/** What was done with many. */
export interface ManyDone {
  readonly done: number
  readonly left: readonly { readonly number: number; readonly name: string; readonly why: Left }[]
}

export type CourseRefusal =
  | { readonly type: 'unknown' }
  /** A colleague changed it since it was read. */
  | { readonly type: 'moved' }
  /** Not from the state it is in. */
  | { readonly type: 'state' }
  | { readonly type: 'problems'; readonly problems: readonly CourseProblem[] }
  /** It has registrations: it can be cancelled, not deleted. */
  | { readonly type: 'has_registrations' }
  | { readonly type: 'reason' }

/** What officers do with courses. Everything done, and everybody looked at, is in the trail. */
export interface CourseDesk {
  /** Those that are not over first, then the newest; at most 200. */
  list(viewer: Officer, filter?: { readonly over?: boolean }): Promise<readonly CourseLine[]>
  read(viewer: Officer, number: number): Promise<CourseView | undefined>
  create(
    viewer: Officer,
    plan: CoursePlan,
  ): Promise<{ readonly type: 'done'; readonly number: number } | CourseRefusal>
  /** Who is registered is told of another place, or another time. */
  edit(
    viewer: Officer,
    number: number,
    plan: CoursePlan,
    version: number,
  ): Promise<{ readonly type: 'done'; readonly told: number } | CourseRefusal>
  /** A draft of the same, with all its times moved to as long after now as they were after the other's creation, at least a week. */
  copy(
    viewer: Officer,
    number: number,
  ): Promise<{ readonly type: 'done'; readonly number: number } | CourseRefusal>
  /** `announced`: whoever subscribed is told. `registration` and `selection` open and close it at once. `cancelled` needs a reason. */
  move(
    viewer: Officer,
    number: number,
    to: CourseState,
    reason?: string,
  ): Promise<{ readonly type: 'done' } | CourseRefusal>
  /** Only while nobody registered. */
  remove(viewer: Officer, number: number): Promise<{ readonly type: 'done' } | CourseRefusal>
}

/** What officers do with applicants. */
export interface ApplicantDesk {
  list(
    viewer: Officer,
    courseNumber: number,
    filter: ApplicantFilter,
    use: 'page' | 'sheet',
  ): Promise<readonly ApplicantLine[]>
  /** The same with all that they wrote, for a file that the officer takes away. */
  export(viewer: Officer, courseNumber: number, filter: ApplicantFilter): Promise<readonly ApplicantWritten[]>
  read(viewer: Officer, number: number): Promise<ApplicantView | undefined>
  /** A score of 0 to 100, or none; and a note that only officers read. */
  assess(
    viewer: Officer,
    number: number,
    what: { readonly score: number | undefined; readonly note: string },
  ): Promise<{ readonly type: 'done' } | { readonly type: 'unknown' | 'score' | 'too_long' | 'arrival' }>
  /** In the order that is given. `reject` needs a reason, which the person is told. */
  decide(
    viewer: Officer,
    courseNumber: number,
    numbers: readonly number[],
    decision: Decision,
    reason?: string,
  ): Promise<ManyDone | { readonly type: 'unknown' | 'reason' }>
}

/** The code of a class as it is shown. */
export interface ClassCode {
  /** Six digits. */
  readonly code: string
  readonly validUntil: Date
}

export interface AttendanceView {
  readonly course: Course
  readonly session: Session
  readonly people: readonly {
    readonly number: number
    readonly name: string
    readonly present: boolean
    readonly way: 'code' | 'list' | undefined
    readonly at: Date | undefined
  }[]
}

/** What officers do about who came. */
export interface AttendanceDesk {
  read(viewer: Officer, courseNumber: number, sessionId: bigint): Promise<AttendanceView | undefined>
  /** Undefined outside the time in which attendance is taken: from an hour before the session to an hour after it. */
  code(viewer: Officer, courseNumber: number, sessionId: bigint): Promise<ClassCode | undefined>
  /** Exactly these were there; who came by the code stays so unless taken off by name. */
  mark(
    viewer: Officer,
    courseNumber: number,
    sessionId: bigint,
    present: readonly number[],
  ): Promise<{ readonly type: 'done'; readonly present: number } | { readonly type: 'unknown' | 'early' }>
  /** They did not come: their seats are free, and a rule of the course may bar them for a time. */
  markAbsent(
    viewer: Officer,
    courseNumber: number,
    numbers: readonly number[],
  ): Promise<ManyDone | { readonly type: 'unknown' }>
}

export interface CertificateLine {
  readonly registration: Registration
  readonly name: string
  /** Such as `PL-2026-000123`; undefined before it is issued. */
  readonly number: string | undefined
  readonly issuedAt: Date | undefined
  readonly sentAt: Date | undefined
  readonly revokedAt: Date | undefined
  /** Sessions that were, and how many of them the person attended. */
  readonly attended: number
  readonly held: number
  /** Whether that is enough for a certificate. */
  readonly isEnough: boolean
}

/** What officers do about who passed. */
export interface CertificateDesk {
  /** Everybody who has a seat. */
  list(viewer: Officer, courseNumber: number): Promise<readonly CertificateLine[] | undefined>
  grade(
    viewer: Officer,
    courseNumber: number,
    numbers: readonly number[],
    passed: boolean,
  ): Promise<ManyDone | { readonly type: 'unknown' }>
  /** Issues certificates to those who passed; they are made and sent by a job. */
  issue(
    viewer: Officer,
    courseNumber: number,
    numbers: readonly number[],
  ): Promise<ManyDone | { readonly type: 'unknown' }>
  revoke(
    viewer: Officer,
    number: string,
    reason: string,
  ): Promise<{ readonly type: 'done' } | { readonly type: 'unknown' | 'reason' }>
  /** The certificate as PDF; undefined when it is not there, or erased. */
  pdf(viewer: Officer, number: string): Promise<Uint8Array | undefined>
}

/** What officers do with trainings. */
export interface TrainingDesk {
  readonly courses: CourseDesk
  readonly applicants: ApplicantDesk
  readonly attendance: AttendanceDesk
  readonly certificates: CertificateDesk
}
