import type { Database } from '../storage/database.ts'
import type { Resealer } from './rotate-keys.ts'

const batchSize = 1000

/** Seals the names of all lists anew. */
export function createNameResealer(prisma: Database): Resealer {
  return {
    name: 'names',
    count: () => prisma.listedPerson.count(),
    async next(after, reseal) {
      const rows = await prisma.listedPerson.findMany({
        where: { id: { gt: after } },
        orderBy: { id: 'asc' },
        take: batchSize,
        select: { id: true, name: true },
      })
      const last = rows.at(-1)?.id
      if (last === undefined) return undefined
      const changed = rows.flatMap(({ id, name }) => {
        const sealed = reseal(name)
        return sealed === undefined ? [] : [{ id: String(id), name: Buffer.from(sealed).toString('hex') }]
      })
      if (changed.length > 0) {
        await prisma.$executeRaw`
          UPDATE listed_person p SET name = decode(c.name, 'hex')
          FROM json_to_recordset(${JSON.stringify(changed)}::json) AS c(id bigint, name text) WHERE p.id = c.id`
      }
      return { last, rows: rows.length }
    },
  }
}
