import type { ApplicantDesk } from '../training-desk.ts'
import type { ApplicantDeskDeps } from './applicant-desk-deps.ts'
import { createAssessApplicant } from './assess-applicant.ts'
import { createDecideApplicants } from './decide-applicants.ts'
import { createExportApplicants, createListApplicants } from './list-applicants.ts'
import { createReadApplicant } from './read-applicant.ts'

/** Makes the desk. */
export function createApplicantDesk(deps: ApplicantDeskDeps): ApplicantDesk {
  return {
    list: createListApplicants(deps),
    export: createExportApplicants(deps),
    read: createReadApplicant(deps),
    assess: createAssessApplicant(deps),
    decide: createDecideApplicants(deps),
  }
}
