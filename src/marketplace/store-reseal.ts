import type { Database } from '../storage/database.ts'

const batchSize = 500

/** The bytes sealed by the current key, or undefined when they are already. */
type Reseal = (sealed: Uint8Array) => Uint8Array<ArrayBuffer> | undefined

/** Seals the numbers of shops anew, some rows at a time. */
export function createShopResealer(prisma: Database) {
  return {
    name: 'shops',
    count: () => prisma.shop.count(),
    async next(after: bigint, reseal: Reseal) {
      const rows = await prisma.shop.findMany({
        where: { id: { gt: after } },
        select: { id: true, phone: true },
        orderBy: { id: 'asc' },
        take: batchSize,
      })
      for (const { id, phone } of rows) {
        const sealed = phone === null ? undefined : reseal(phone)
        // A number that was changed meanwhile stays so.
        if (sealed !== undefined && phone !== null)
          await prisma.shop.updateMany({ where: { id, phone }, data: { phone: sealed } })
      }
      const last = rows.at(-1)?.id
      return last === undefined ? undefined : { last, rows: rows.length }
    },
  }
}
