import type { ApplicantDesk } from '../training-desk.ts'
import type { ApplicantDeskDeps } from './applicant-desk-deps.ts'
import { noteDeed } from './note-deed.ts'
import { text } from './tidy-plan.ts'

const mostNote = 1_000

/**
 * Makes the use case. The course is locked, for a score is a place on the waiting list. Where seats go by arrival nobody has a
 * score; a note may be kept of anybody whose data is there.
 */
export function createAssessApplicant(deps: ApplicantDeskDeps): ApplicantDesk['assess'] {
  const { store, applicants } = deps
  return (viewer, number, { score, note: written }) =>
    store.transact(async (transaction) => {
      const found = await applicants.find(transaction, number)
      const course = found && (await store.lockCourse(transaction, found.registration.courseNumber))
      if (course === undefined || (await store.details(transaction, number)) === undefined)
        return { type: 'unknown' }
      const note = text(written)
      if (score !== undefined && course.selection === 'arrival') return { type: 'arrival' }
      if (score !== undefined && !(Number.isInteger(score) && score >= 0 && score <= 100))
        return { type: 'score' }
      if ([...note].length > mostNote) return { type: 'too_long' }
      await applicants.assess(transaction, number, { score, note })
      const details = { hasScore: score !== undefined, hasNote: note !== '' }
      await noteDeed(deps, transaction, {
        ...{ viewer, number, at: deps.now(), details },
        action: 'training.assess',
      })
      return { type: 'done' }
    })
}
