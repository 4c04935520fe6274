import { userInfo } from 'node:os'
import { fill } from '../language/fill-text.ts'
import type { Officer } from '../staff/officer.ts'
import type { CourseProblem, CourseProblemCode } from '../training/plan/course-problem.ts'
import type { CourseRefusal, Left, ManyDone } from '../training/training-desk.ts'
import { UsageError } from './command.ts'
import type { CliContext } from './context.ts'

/** Whoever may run commands on the machine may do everything; the trail names them. */
export function operator(): Officer {
  const { username } = userInfo()
  return { id: `cli:${username}`, name: username, roles: ['admin'] }
}

/** What a desk answers about a course that is not there. */
export function noCourse(number: number): UsageError {
  return new UsageError(`lopo: no course has the number ${number}`)
}

/** The error that tells why the desk did not do it, a line for each thing that is wrong. */
export function refusalOf(refusal: CourseRefusal, number: number | undefined, file?: string): UsageError {
  const course = number === undefined ? 'the course' : `course ${number}`
  switch (refusal.type) {
    case 'unknown':
      return number === undefined ? new UsageError('lopo: the course is gone') : noCourse(number)
    case 'moved':
      return new UsageError(`lopo: a colleague changed ${course} just now: show it again`)
    case 'state':
      return new UsageError(`lopo: ${course} is not in a state for this: show it, and see where it may go`)
    case 'has_registrations':
      return new UsageError(`lopo: people registered for ${course}: it can be cancelled, not removed`)
    case 'reason':
      return new UsageError(
        'lopo: the reason is to be 3 to 300 characters, without a NIK or the number of a phone: people read it',
      )
    case 'problems': {
      const place = file === undefined ? 'lopo' : `lopo: ${file}`
      return new UsageError(refusal.problems.map((problem) => `${place}: ${sentenceOf(problem)}`).join('\n'))
    }
  }
}

/** What is wrong with a course, and where, as its file names it. */
function sentenceOf({ code, field, details }: CourseProblem): string {
  const place = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const why = code === 'question' || code === 'quota' ? parts[String(details.why)] : undefined
  return `${place}: ${fill(why ?? problems[code], { other: 'a number', ...details })}`
}

const problems: Readonly<Record<CourseProblemCode, string>> = {
  title: 'write what the course is called',
  subject: 'is none of the subjects of flows/content/pelatihan.yaml',
  office: 'is none of the offices of flows/content/kantor.yaml',
  place: 'write where it is held',
  map_url: 'is no address that begins with https://',
  kelurahan: 'is no kelurahan of the city',
  cost: 'is to be {{least}} to {{most}} rupiah',
  contact: 'write whom people may ask',
  ages: 'is to be {{least}} to {{most}} years',
  age_range: 'the oldest age is below the youngest',
  education: 'is no education',
  domicile: '{{value}} is no kelurahan or kecamatan of the city',
  seats: 'is to be {{least}} to {{most}}',
  quota: 'says for whom the seats are, and how many they are',
  quota_below_taken: '{{seats}} are fewer than the {{taken}} seats that are taken',
  quota_above_seats: "{{seats}} are more than the course's {{most}}",
  selection: 'is out of its range',
  window: 'registration is to close after it opens',
  past: 'is in the past',
  window_after_start: 'registration is to close before the first session begins: {{begins}}',
  sessions: 'are to be {{least}} to {{most}}',
  session_times: 'is to end after it begins, and within 14 hours',
  session_overlap: 'overlaps another: {{one}} and {{other}}',
  question: 'is not whole',
  question_label: 'the choice "{{one}}" cannot be told from {{other}} when it is typed',
  question_secret: 'asks for what a bot must not know: a NIK or KK number, PIN, OTP, password or account',
  too_long: 'is longer than {{most}} characters',
  fixed: 'cannot be changed any more',
}

/** What of a question or a quota is wrong. */
const parts: Readonly<Record<string, string>> = {
  many: 'are more than {{most}}',
  id: 'its id is taken, reserved, or not written in a-z, 0-9 and _',
  empty: 'is empty',
  kind: 'is of no kind',
  choices: 'has to offer {{least}} to {{most}} choices',
  ground: 'tells people apart by nothing that is known',
  seats: 'is to have a whole number of seats, at least one',
  unknown: '{{value}} is nobody',
  twice: '{{value}} is in another quota already',
}

/** Tells what was done with many, and of each who was left why, by number. The exit status: 1 where somebody was left. */
export function tellMany(
  done: ManyDone | { readonly type: 'unknown' | 'reason' },
  number: number,
  { err }: Pick<CliContext, 'err'>,
): number {
  if ('type' in done) throw refusalOf(done, number)
  err(`${done.done} done.\n`)
  for (const { number: registration, why } of done.left) err(`lopo: ${registration}: ${lefts[why]}\n`)
  return done.left.length === 0 ? 0 : 1
}

const lefts: Readonly<Record<Left, string>> = {
  unknown: 'no registration of this course has the number',
  over: 'the registration is over',
  full: 'no seat is free',
  quota: "no seat is free in the person's group",
  busy: 'the person is in another active training',
  not_ready: 'the registration is not in a state for this',
}
