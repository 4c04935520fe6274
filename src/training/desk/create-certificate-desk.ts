import type { CertificateDeps } from '../certificates/certificate-deps.ts'
import type { CertificateDesk } from '../training-desk.ts'
import { createAwardCertificates } from './award-certificates.ts'
import { createGradePeople } from './grade-people.ts'
import { createListCertificates } from './list-certificates.ts'
import { createNoteLook } from './note-look.ts'
import { createPrintCertificate } from './print-certificate.ts'
import { createRevokeCertificate } from './revoke-certificate.ts'

/** Makes the desk of certificates. */
export function createCertificateDesk(deps: CertificateDeps): CertificateDesk {
  return {
    list: createListCertificates(deps, createNoteLook(deps)),
    grade: createGradePeople(deps),
    issue: createAwardCertificates(deps),
    revoke: createRevokeCertificate(deps),
    pdf: createPrintCertificate(deps),
  }
}
