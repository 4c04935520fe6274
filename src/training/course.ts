/** The life of a course. `selection`: registration is over, seats are given. */
export const courseStates = [
  'draft',
  'announced',
  'registration',
  'selection',
  'running',
  'finished',
  'cancelled',
] as const
export type CourseState = (typeof courseStates)[number]

/** How seats are given: to whoever comes first, or to whom an officer chooses. */
export const selections = ['arrival', 'officer'] as const
export type Selection = (typeof selections)[number]

/** What somebody learnt, the least first. */
export const educations = ['none', 'sd', 'smp', 'sma', 'diploma', 's1'] as const
export type Education = (typeof educations)[number]

export const genders = ['female', 'male'] as const
export type Gender = (typeof genders)[number]

/** What a quota tells applicants apart by. */
export const quotaGrounds = ['kelurahan', 'kecamatan', 'gender', 'desil'] as const

/** Most seats of a group. Whoever is in none of a course's groups only needs one of the course's seats. */
export interface Quota {
  readonly by: (typeof quotaGrounds)[number]
  /** Who is in the group: Kemendagri codes with dots, genders, or figures of desil. */
  readonly values: readonly string[]
  readonly seats: number
}

export const questionKinds = ['text', 'number', 'date', 'yes_no', 'choice'] as const

/** Something that a course asks besides the usual. */
export interface CourseQuestion {
  /** `a-z0-9_`, at most 30; unique within the course. */
  readonly id: string
  readonly text: string
  readonly kind: (typeof questionKinds)[number]
  /** Of `choice`: two to eight. */
  readonly choices: readonly string[]
  /** Of `text` only: it may be skipped. */
  readonly optional: boolean
}

/** One meeting. */
export interface Session {
  readonly id: bigint
  readonly startsAt: Date
  readonly endsAt: Date
  readonly title: string | undefined
  /** Where it is another than the course's. */
  readonly place: string | undefined
}

/** What an officer says of a course. Times are moments; ages count on the day of registration. */
export interface CoursePlan {
  readonly title: string
  /** Code of a subject of `TrainingWords`. */
  readonly subject: string
  /** Code of an office. */
  readonly office: string
  readonly description: string
  readonly place: string
  /** https. */
  readonly mapUrl: string | undefined
  /** Where the place is. */
  readonly kelurahan: string | undefined
  /** Whole rupiah; 0: free. */
  readonly cost: number
  /** Whom to ask, as people read it. */
  readonly contact: string
  /** What is asked of applicants besides the rules, a line each. */
  readonly requirements: string
  readonly minAge: number | undefined
  readonly maxAge: number | undefined
  readonly minEducation: Education | undefined
  /** Codes of kelurahan or kecamatan; empty: the whole city. */
  readonly domicile: readonly string[]
  readonly seats: number
  readonly quotas: readonly Quota[]
  readonly selection: Selection
  readonly opensAt: Date
  readonly closesAt: Date
  /** At least one, by time, none overlapping. */
  readonly sessions: readonly Omit<Session, 'id'>[]
  readonly questions: readonly CourseQuestion[]
  /** Whoever is in another active training may not apply. */
  readonly exclusive: boolean
  /** How long an offered seat waits for an answer, in hours outside the quiet ones. */
  readonly offerHours: number
  /** For how many days whoever does not come is barred from other courses; 0: not at all. */
  readonly barDays: number
  /** Share of the sessions that a certificate asks for, in percent. */
  readonly minAttendance: number
}

/** A course. */
export interface Course extends CoursePlan {
  /** What people call it by. */
  readonly number: number
  readonly state: CourseState
  readonly sessions: readonly Session[]
  /** When the first session begins, and the last one ends. */
  readonly startsAt: Date
  readonly endsAt: Date
  /** Counts the changes: whoever edits names the version they saw. */
  readonly version: number
  readonly createdAt: Date
  readonly createdBy: string
  readonly announcedAt: Date | undefined
  readonly cancelReason: string | undefined
  readonly endedAt: Date | undefined
}

/** Whether residents may see it and ask about it. */
export function isPublic({ state }: Pick<Course, 'state'>): boolean {
  return state === 'announced' || state === 'registration' || state === 'selection' || state === 'running'
}

/** Whether somebody may register at the moment: the clock counts, also where nothing moved the state yet. */
export function isOpen(
  course: Pick<Course, 'state' | 'opensAt' | 'closesAt' | 'startsAt'>,
  now: Date,
): boolean {
  const { state, opensAt, closesAt, startsAt } = course
  const isInTime = opensAt <= now && now < closesAt && now < startsAt
  return (state === 'announced' || state === 'registration') && isInTime
}
