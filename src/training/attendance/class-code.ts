import { timingSafeEqual } from 'node:crypto'
import type { Session } from '../course.ts'
import type { TrainingSecrets } from '../person.ts'
import type { ClassCode } from '../training-desk.ts'

type Secrets = Pick<TrainingSecrets, 'hash' | 'ids'>

/** How long before a session and after it attendance is taken, in milliseconds. */
export const attendanceMarginMs = 3_600_000

const windowMs = 180_000
const digits = 6

/**
 * The code that is shown in class at a moment, and until when it is to be shown: then there is another. One that was shown is
 * accepted for three minutes more, so that whoever reads it in its last second has time to type.
 */
export function classCode(secrets: Secrets, sessionId: bigint, moment: Date): ClassCode {
  const window = windowAt(moment)
  return {
    code: codeOf(secrets.hash('token', textOf(sessionId, window))),
    validUntil: new Date((window + 1) * windowMs),
  }
}

/** Whether these six digits are the code of the session that is shown now, or was the one before. */
export function isClassCode(
  { hash, ids }: Secrets,
  sessionId: bigint,
  written: string,
  moment: Date,
): boolean {
  const window = windowAt(moment)
  // By every key: while keys change, another process may show codes by the one before.
  return [window, window - 1]
    .flatMap((each) => ids.map((id) => codeOf(hash('token', textOf(sessionId, each), id))))
    .map((code) => isSame(code, written))
    .includes(true)
}

/** Whether attendance of a session is taken at a moment: from an hour before it to an hour after it. */
export function isAttendanceTaken({ startsAt, endsAt }: Pick<Session, 'startsAt' | 'endsAt'>, moment: Date) {
  const at = moment.getTime()
  return startsAt.getTime() - attendanceMarginMs <= at && at < endsAt.getTime() + attendanceMarginMs
}

function windowAt(moment: Date): number {
  return Math.floor(moment.getTime() / windowMs)
}

function textOf(sessionId: bigint, window: number): string {
  return `class:${sessionId}:${window}`
}

/** As RFC 4226 makes digits of a hash: the last four bits say which four bytes count. */
function codeOf(hash: Uint8Array): string {
  const bytes = Buffer.from(hash)
  const offset = (bytes.at(-1) ?? 0) & 0x0f
  const number = bytes.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

function isSame(code: string, written: string): boolean {
  const [one, other] = [Buffer.from(code), Buffer.from(written)]
  return one.length === other.length && timingSafeEqual(one, other)
}
