import type { ApplicantDesk } from '../training-desk.ts'
import type { ApplicantDeskDeps } from './applicant-desk-deps.ts'
import { createApplicantLines, writtenBy } from './applicant-line.ts'
import { noteDeed } from './note-deed.ts'

/** Makes the use case: an officer reads what a person wrote, and that they did is in the trail. */
export function createReadApplicant(deps: ApplicantDeskDeps): ApplicantDesk['read'] {
  const { store, applicants } = deps
  return (viewer, number) =>
    store.transact(async (transaction) => {
      const found = await applicants.find(transaction, number)
      if (found === undefined) return undefined
      const course = await store.course(transaction, found.registration.courseNumber)
      if (course === undefined) return undefined
      await noteDeed(deps, transaction, {
        ...{ viewer, number, at: deps.now() },
        action: 'training.applicant',
      })
      const lineOf = await createApplicantLines(deps, transaction, course)
      const { note, channel, history } = found
      return { ...lineOf(found), ...writtenBy(found), ...{ course, note, channel, history } }
    })
}
