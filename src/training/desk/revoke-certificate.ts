import type { CertificateDeps } from '../certificates/certificate-deps.ts'
import type { CertificateDesk } from '../training-desk.ts'
import { readReason } from './read-reason.ts'

/** Makes the use case: the certificate counts no more, as its page says. The person passed as before, and another can be issued. */
export function createRevokeCertificate({
  store,
  certificates,
  audit,
  now,
}: Pick<CertificateDeps, 'store' | 'certificates' | 'audit' | 'now'>): CertificateDesk['revoke'] {
  return async (viewer, number, written) => {
    const reason = readReason(written)
    if (reason === undefined) return { type: 'reason' }
    return store.transact(async (transaction) => {
      const found = await certificates.find(transaction, number)
      if (found === undefined) return { type: 'unknown' }
      await store.lockCourse(transaction, found.courseNumber)
      // It may have been revoked, or replaced by another, before the course was locked.
      const certificate = await certificates.find(transaction, number)
      if (certificate === undefined) return { type: 'unknown' }
      if (certificate.revokedAt !== undefined) return { type: 'done' }
      const at = now()
      const by = { type: 'officer', id: viewer.id, name: viewer.name } as const
      await certificates.revoke(transaction, certificate.id, reason, at)
      const registration = await store.registration(transaction, certificate.registration)
      if (registration?.state === 'certified') {
        await store.move(transaction, certificate.registration, 'passed', by, at, { reason })
      }
      const actor = { type: 'staff', id: viewer.id } as const
      await audit.record(transaction, { at, actor, action: 'training.certificate_revoke', subject: number })
      return { type: 'done' }
    })
  }
}
