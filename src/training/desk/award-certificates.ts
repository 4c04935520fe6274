import { type Attendee, isEnough } from '../attendance/attendee.ts'
import { printCertificate } from '../certificates/certificate.ts'
import type { CertificateDeps } from '../certificates/certificate-deps.ts'
import type { CertificateDesk } from '../training-desk.ts'
import { changePeople, type LockedCourse } from './change-people.ts'
import { heldSessions } from './held-sessions.ts'
import { tellResult } from './tell-result.ts'

type AwardDeps = Pick<
  CertificateDeps,
  'store' | 'attendance' | 'certificates' | 'audit' | 'notices' | 'words' | 'offices' | 'enqueue' | 'now'
>

/** Makes the use case: whoever passed and came often enough gets a certificate, which is made and sent by a job. */
export function createAwardCertificates(deps: AwardDeps): CertificateDesk['issue'] {
  const { store, attendance, enqueue } = deps
  return (viewer, courseNumber, numbers) =>
    changePeople(
      deps,
      { viewer, courseNumber, numbers, action: 'training.certificate_issue' },
      async (locked) => {
        const { transaction, course, now } = locked
        const attended = await attendance.attended(transaction, course.number, now)
        const held = heldSessions(course, now)
        const by = { type: 'officer', id: viewer.id, name: viewer.name } as const
        return async (attendee) => {
          const { number, state } = attendee.registration
          // Nothing can be printed for whom nothing is known of any more.
          if (state === 'certified' || attendee.name === '') return { left: 'over' }
          const came = attended.get(number) ?? 0
          if (state !== 'passed' || !isEnough(course.minAttendance, came, held)) return { left: 'not_ready' }
          await award(deps, locked, attendee, viewer.name)
          await store.move(transaction, number, 'certified', by, now, { reason: null })
          return { outcome: 'certified' }
        }
      },
      async ({ transaction }, done) => {
        if (done > 0) await enqueue(transaction)
      },
    )
}

async function award(
  deps: AwardDeps,
  locked: LockedCourse,
  { registration, name }: Attendee,
  by: string,
): Promise<void> {
  const { certificates, offices } = deps
  const { transaction, course, now } = locked
  const office = offices().get(course.office)?.title ?? course.office
  await certificates.create(transaction, registration.number, { at: now, by }, (number) =>
    printCertificate(course, { name, office, number, issuedAt: now }),
  )
  // That they passed is told by the certificate.
  await tellResult(deps, locked, registration, 'certified', true)
}
