import { isEnough, partakingStates } from '../attendance/attendee.ts'
import type { CertificateDeps } from '../certificates/certificate-deps.ts'
import type { CertificateDesk } from '../training-desk.ts'
import { heldSessions } from './held-sessions.ts'
import type { NoteLook } from './note-look.ts'

/** Makes the use case: everybody who is in the class or was to the end, by name, with how often they came and their certificates. */
export function createListCertificates(
  { store, attendance, certificates, now }: CertificateDeps,
  noteLook: NoteLook,
): CertificateDesk['list'] {
  return async (viewer, courseNumber) => {
    const at = now()
    const found = await store.transact(async (transaction) => {
      const course = await store.course(transaction, courseNumber)
      if (course === undefined) return undefined
      return {
        course,
        people: await attendance.people(transaction, course.number, partakingStates),
        attended: await attendance.attended(transaction, course.number, at),
        issued: await certificates.ofCourse(transaction, course.number),
      }
    })
    if (found === undefined) return undefined
    const { course, people, attended, issued } = found
    const details = { people: people.length }
    await noteLook(viewer, { action: 'training.certificates', subject: String(course.number), details })
    const held = heldSessions(course, at)
    const byRegistration = new Map(issued.map((each) => [each.registration, each]))
    return people.map(({ registration, name }) => {
      const certificate = byRegistration.get(registration.number)
      const came = attended.get(registration.number) ?? 0
      return {
        ...{ registration, name, number: certificate?.number, issuedAt: certificate?.issuedAt },
        ...{ sentAt: certificate?.sentAt, revokedAt: certificate?.revokedAt, attended: came, held },
        isEnough: isEnough(course.minAttendance, came, held),
      }
    })
  }
}
