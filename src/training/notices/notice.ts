import type { Registration, RegistrationState } from '../registration.ts'

/** What registrants are told unasked. */
export const noticeKinds = [
  /** How a decision came out: of the state that the registration is in when it is told. */
  'result',
  /** Another place or time; details: see `ChangeDetails`. */
  'changed',
  'course_cancelled',
  /** An offered seat waits for an answer not much longer; details: until. */
  'offer_ending',
  /** An offered seat was not answered in time. */
  'lapsed',
  'reminder_3',
  'reminder_1',
  'reminder_0',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Something that a registrant is to be told. */
export interface NewNotice {
  readonly registration: number
  readonly kind: NoticeKind
  /** Tells one thing from another of the same registration: the same is told once. */
  readonly key: string
  /** What of the course the words are about; nothing of a person. */
  readonly details?: Readonly<Record<string, string>>
  /** Not in the quiet hours. */
  readonly dueAt: Date
}

/**
 * Details of `changed`: how it was before, in words; what is there changed. The words tell what it is now from the course itself.
 * With none of them, they tell when and where it is as a whole.
 */
export interface ChangeDetails {
  /** When the next session was to begin: "Kamis, 5 Maret 2026 pukul 09.30 WITA". */
  readonly old_starts?: string
  readonly old_place?: string
}

/** A notice that is due, with all that its words depend on as it is now. */
export interface DueNotice {
  readonly id: bigint
  readonly kind: NoticeKind
  readonly details: Readonly<Record<string, string>>
  readonly registration: number
  readonly courseNumber: number
  /** Where it is told; undefined once the registration is erased. */
  readonly chatId: bigint | undefined
  readonly state: RegistrationState
  /** Why it was decided so. */
  readonly reason: string | undefined
  readonly barredUntil: Date | undefined
  /** The person gave it up themself. */
  readonly isGivenUp: boolean
  readonly forWhom: Registration['forWhom']
  /** Of the person who is to take part, where another registered them; undefined also where it cannot be read any more. */
  readonly name: string | undefined
  /** The contact wants to hear nothing that they did not ask for. */
  readonly isStopped: boolean
  /** A result that was told since says the same. */
  readonly isTold: boolean
}
