import type { Database } from '../storage/database.ts'

const batchSize = 500

/** The bytes sealed by the current key, or undefined when they are already. */
type Reseal = (sealed: Uint8Array) => Uint8Array<ArrayBuffer> | undefined

/** Seals what residents wrote to a person anew, some rows at a time. */
export function createInquiryResealer(prisma: Database) {
  return {
    name: 'inquiries',
    count: () => prisma.inquiry.count(),
    async next(after: bigint, reseal: Reseal) {
      const query = { where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: batchSize } as const
      const rows = await prisma.inquiry.findMany(query)
      const last = rows.at(-1)?.id
      if (last === undefined) return undefined
      for (const { id, message } of rows) {
        const sealed = message === null ? undefined : reseal(message)
        if (sealed !== undefined) await prisma.inquiry.update({ where: { id }, data: { message: sealed } })
      }
      return { last, rows: rows.length }
    },
  }
}
