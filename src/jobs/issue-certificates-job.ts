import type { IssueCertificates } from '../training/certificates/issue-certificates.ts'
import type { Job } from './queue.ts'

/** The job's name in the queue. */
export const issueCertificatesJobName = 'issue-certificates'

/** The work on certificates that were not sent yet; whoever issues some sends a run, and one is due every hour. */
export function createIssueCertificatesJob(issueCertificates: IssueCertificates): Job {
  return { name: issueCertificatesJobName, run: () => issueCertificates() }
}
