/** What may be wrong with what an officer says of a course; words for each are the desk's. */
export const courseProblems = [
  'title',
  'subject',
  'office',
  'place',
  'map_url',
  'kelurahan',
  'cost',
  'contact',
  'ages',
  'age_range',
  'education',
  'domicile',
  'seats',
  'quota',
  /** Fewer seats than are taken; details: seats, taken. */
  'quota_below_taken',
  /** A group's seats are more than the course's. */
  'quota_above_seats',
  'selection',
  'window',
  /** A date in the past. */
  'past',
  'window_after_start',
  'sessions',
  'session_times',
  /** Details: one, other. */
  'session_overlap',
  'question',
  'question_label',
  /** A question asks for what a bot must not know: NIK, KK, PIN, OTP, a password. */
  'question_secret',
  'too_long',
  /** May not be changed in the state that the course is in. */
  'fixed',
] as const
export type CourseProblemCode = (typeof courseProblems)[number]

/** One thing wrong with a course. */
export interface CourseProblem {
  readonly code: CourseProblemCode
  /** The field of `CoursePlan`, with a place in a list as `sessions.2` from 0. */
  readonly field: string
  readonly details: Readonly<Record<string, string | number>>
}
