import type { CertificateDeps } from '../certificates/certificate-deps.ts'
import type { CertificateDesk } from '../training-desk.ts'

/** Makes the use case: the certificate as the person gets it. One that was revoked is not to be had any more. */
export function createPrintCertificate({
  store,
  certificates,
  audit,
  draw,
  pageOf,
  now,
}: Pick<
  CertificateDeps,
  'store' | 'certificates' | 'audit' | 'draw' | 'pageOf' | 'now'
>): CertificateDesk['pdf'] {
  return async (viewer, number) => {
    const sealed = await store.transact(async (transaction) => {
      const found = await certificates.find(transaction, number)
      if (found === undefined || found.sealed === null || found.revokedAt !== undefined) return undefined
      const actor = { type: 'staff', id: viewer.id } as const
      await audit.record(transaction, {
        ...{ at: now(), actor, action: 'training.certificate_pdf', subject: number },
      })
      return found.sealed
    })
    if (sealed === undefined) return undefined
    const { token, printed } = certificates.open(sealed)
    return draw(printed, pageOf(token))
  }
}
