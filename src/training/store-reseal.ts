import type { Database } from '../storage/database.ts'

const batchSize = 500

/** The bytes sealed by the current key, or undefined when they are already. */
type Reseal = (sealed: Uint8Array) => Uint8Array<ArrayBuffer> | undefined

/** Seals what was written in registrations, and officers' notes on them, anew, some rows at a time. */
export function createRegistrationResealer(prisma: Database) {
  return {
    name: 'registrations',
    count: () => prisma.registration.count(),
    async next(after: bigint, reseal: Reseal) {
      const rows = await prisma.registration.findMany({
        where: { id: { gt: after } },
        select: { id: true, details: true, note: true },
        orderBy: { id: 'asc' },
        take: batchSize,
      })
      for (const { id, details, note } of rows) {
        const sealed = details === null ? undefined : reseal(details)
        // What was changed or erased meanwhile stays so.
        if (sealed !== undefined && details !== null)
          await prisma.registration.updateMany({ where: { id, details }, data: { details: sealed } })
        const sealedNote = note === null ? undefined : reseal(note)
        if (sealedNote !== undefined && note !== null)
          await prisma.registration.updateMany({ where: { id, note }, data: { note: sealedNote } })
      }
      return lastOf(rows)
    },
  }
}

/** Seals what is printed on certificates anew, some rows at a time. */
export function createCertificateResealer(prisma: Database) {
  return {
    name: 'certificates',
    count: () => prisma.certificate.count(),
    async next(after: bigint, reseal: Reseal) {
      const rows = await prisma.certificate.findMany({
        where: { id: { gt: after } },
        select: { id: true, printed: true },
        orderBy: { id: 'asc' },
        take: batchSize,
      })
      for (const { id, printed } of rows) {
        const sealed = printed === null ? undefined : reseal(printed)
        if (sealed !== undefined && printed !== null)
          await prisma.certificate.updateMany({ where: { id, printed }, data: { printed: sealed } })
      }
      return lastOf(rows)
    },
  }
}

function lastOf(rows: readonly { readonly id: bigint }[]) {
  const last = rows.at(-1)?.id
  return last === undefined ? undefined : { last, rows: rows.length }
}
