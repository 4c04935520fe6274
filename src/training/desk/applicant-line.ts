import { withoutIdentifiers } from '../../language/identifier.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Course } from '../course.ts'
import { agesOf } from '../seats/eligibility.ts'
import type { ApplicantLine, ApplicantWritten } from '../training-desk.ts'
import type { ApplicantDeskDeps } from './applicant-desk-deps.ts'
import type { StoredApplicant } from './store-applicants.ts'

/** Makes lines of people of a course: with their places in line, and how often they came. */
export async function createApplicantLines(
  { store, attendance, now }: ApplicantDeskDeps,
  transaction: Transaction,
  course: Course,
): Promise<(applicant: StoredApplicant) => ApplicantLine> {
  const at = now()
  const line = await store.line(transaction, course.number)
  const places = new Map(line.map(({ number }, index) => [number, index + 1]))
  const attended = await attendance.attended(transaction, course.number, at)
  const held = course.sessions.filter(({ endsAt }) => endsAt <= at).length
  return ({ registration, details, hasNote }) => {
    const { number, createdAt } = registration
    const birth = details?.birth ?? ''
    return {
      ...{ registration, name: details?.name ?? '', birth, age: ageOf(birth, createdAt), hasNote },
      ...{ placeInLine: places.get(number), attended: attended.get(number) ?? 0, held },
    }
  }
}

function ageOf(birth: string, onDay: Date): number | undefined {
  const ages = agesOf(birth, onDay)
  return ages?.youngest === ages?.oldest ? ages?.youngest : undefined
}

/** What a person wrote; numbers that identify people are taken out. */
export function writtenBy({ details }: StoredApplicant): Omit<ApplicantWritten, keyof ApplicantLine> {
  const answers = (details?.answers ?? []).map(({ answer, ...asked }) => ({
    ...asked,
    answer: withoutIdentifiers(answer),
  }))
  return { reason: withoutIdentifiers(details?.reason ?? ''), phone: details?.phone, answers }
}
