/** What registrants are told unasked. */
export const noticeKinds = [
  /** How a decision came out: of the state that the registration is in when it is told. */
  'result',
  /** Another place or time. */
  'changed',
  'course_cancelled',
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
