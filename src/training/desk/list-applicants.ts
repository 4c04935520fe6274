import { fold } from '../../language/normalise.ts'
import type { Officer } from '../../staff/officer.ts'
import type { ApplicantDesk, ApplicantFilter, ApplicantLine } from '../training-desk.ts'
import type { ApplicantDeskDeps } from './applicant-desk-deps.ts'
import { createApplicantLines, writtenBy } from './applicant-line.ts'
import { noteDeed } from './note-deed.ts'
import type { StoredApplicant } from './store-applicants.ts'

/** Makes the use case. Each list that an officer is given is in the trail, and what it was for; who was looked for is not. */
export function createListApplicants(deps: ApplicantDeskDeps): ApplicantDesk['list'] {
  return (viewer, courseNumber, filter, use) =>
    look(deps, { viewer, courseNumber, filter, use }, (_, line) => line)
}

/** Makes the use case: the same list with all that people wrote, which is one line in the trail. */
export function createExportApplicants(deps: ApplicantDeskDeps): ApplicantDesk['export'] {
  return (viewer, courseNumber, filter) =>
    look(deps, { viewer, courseNumber, filter, use: 'export' }, (applicant, line) => ({
      ...line,
      ...writtenBy(applicant),
    }))
}

interface Look {
  readonly viewer: Officer
  readonly courseNumber: number
  readonly filter: ApplicantFilter
  readonly use: 'page' | 'sheet' | 'export'
}

function look<Line extends ApplicantLine>(
  deps: ApplicantDeskDeps,
  { viewer, courseNumber, filter, use }: Look,
  told: (applicant: StoredApplicant, line: ApplicantLine) => Line,
): Promise<readonly Line[]> {
  const { store, applicants } = deps
  return store.transact(async (transaction) => {
    const course = await store.course(transaction, courseNumber)
    if (course === undefined) return []
    const lineOf = await createApplicantLines(deps, transaction, course)
    const all = await applicants.list(transaction, courseNumber, filter)
    const found = all
      .map((applicant) => told(applicant, lineOf(applicant)))
      .filter((line) => isMeant(line, filter.search ?? ''))
      .toSorted(orderOf(filter.order))
    const details = { count: found.length, use }
    await noteDeed(deps, transaction, {
      ...{ viewer, number: courseNumber, at: deps.now(), details },
      action: 'training.applicants',
    })
    return found
  })
}

/** By a part of the name, or by the number that people are told. */
function isMeant({ name, registration: { number } }: ApplicantLine, search: string): boolean {
  const meant = written(search)
  return written(name).includes(meant) || meant.replace(/^#\s*/, '') === String(number)
}

function written(name: string): string {
  return fold(name).replace(/\s+/g, ' ').trim()
}

type Order = (one: ApplicantLine, other: ApplicantLine) => number

function orderOf(order: ApplicantFilter['order']): Order {
  switch (order) {
    case 'score':
      return (one, other) => scoreOf(other) - scoreOf(one)
    case 'name':
      return (one, other) => one.name.localeCompare(other.name, 'id')
    default:
      return (one, other) => one.registration.number - other.registration.number
  }
}

function scoreOf({ registration: { score } }: ApplicantLine): number {
  return score ?? -1
}
