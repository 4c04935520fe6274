import { randomBytes } from 'node:crypto'
import { dayInWita, isoDay } from '../../language/format.ts'
import type { Course, Session } from '../course.ts'

/** What stands on a certificate. Days are `YYYY-MM-DD`, in Kupang's time. */
export interface PrintedCertificate {
  readonly number: string
  readonly name: string
  /** What the course is called. */
  readonly course: string
  /** What the office is called. */
  readonly office: string
  readonly startsOn: string
  readonly endsOn: string
  /** Of all sessions together; with one decimal at most. */
  readonly hours: number
  readonly issuedOn: string
}

/** A certificate. */
export interface Certificate {
  readonly id: bigint
  /** Such as `PL-2026-000123`. */
  readonly number: string
  readonly registration: number
  readonly issuedAt: Date
  readonly sentAt: Date | undefined
  readonly revokedAt: Date | undefined
}

/** What whoever holds a certificate's token may know. */
export type PublicCertificate = Pick<PrintedCertificate, 'name' | 'course' | 'issuedOn'> & {
  readonly isRevoked: boolean
}

/** The number of a certificate, by its row and the year in which it is issued. */
export function certificateNumber(id: bigint, issuedAt: Date): string {
  return `PL-${dayInWita(issuedAt).year}-${String(id).padStart(6, '0')}`
}

/** Whether a text may be the number of a certificate. */
export function isCertificateNumber(text: string): boolean {
  return /^PL-\d{4}-\d{6,15}$/.test(text)
}

/** What stands on the certificate of a person who passed a course. */
export function printCertificate(
  course: Pick<Course, 'title' | 'startsAt' | 'endsAt' | 'sessions'>,
  given: {
    readonly name: string
    readonly office: string
    readonly number: string
    readonly issuedAt: Date
  },
): PrintedCertificate {
  const { name, office, number, issuedAt } = given
  return {
    ...{ number, name, office, course: course.title, hours: hoursOf(course.sessions) },
    startsOn: isoDay(dayInWita(course.startsAt)),
    endsOn: isoDay(dayInWita(course.endsAt)),
    issuedOn: isoDay(dayInWita(issuedAt)),
  }
}

/** A token that nobody guesses; 24 characters that need no escaping in an address. */
export function newCertificateToken(): string {
  return randomBytes(18).toString('base64url')
}

/** Whether a text may be a token. */
export function isCertificateToken(text: string): boolean {
  return /^[\w-]{24}$/.test(text)
}

function hoursOf(sessions: readonly Session[]): number {
  const ms = sessions.reduce((sum, { startsAt, endsAt }) => sum + endsAt.getTime() - startsAt.getTime(), 0)
  return Math.round(ms / 360_000) / 10
}
