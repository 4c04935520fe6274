import type { Transaction } from '../../storage/database.ts'
import { type Audience, audienceShape } from '../audience.ts'
import type { SavedAudience } from '../broadcast-desk.ts'

/** Audiences that officers use again, in PostgreSQL. */
export interface SavedAudienceStore {
  /** By name. One that cannot be read any more is left out. */
  list(client: Transaction): Promise<readonly SavedAudience[]>
  /** Keeps it under the name; false where the name is another's. */
  save(
    transaction: Transaction,
    saved: { readonly name: string; readonly audience: Audience; readonly by: string; readonly now: Date },
  ): Promise<boolean>
  /** Its name; undefined when there is none. */
  remove(transaction: Transaction, id: bigint): Promise<string | undefined>
}

/** Makes the store. */
export function createSavedAudienceStore(): SavedAudienceStore {
  return {
    async list(client) {
      const rows = await client.savedAudience.findMany({ orderBy: { name: 'asc' } })
      return rows.flatMap(({ id, name, audience }) => {
        const read = audienceShape.safeParse(audience)
        return read.success ? [{ id, name, audience: read.data }] : []
      })
    },
    async save(transaction, { name, audience, by, now }) {
      const data = [{ name, audience, createdAt: now, createdBy: by }]
      const { count } = await transaction.savedAudience.createMany({ data, skipDuplicates: true })
      return count > 0
    },
    async remove(transaction, id) {
      const found = await transaction.savedAudience.findUnique({ where: { id }, select: { name: true } })
      await transaction.savedAudience.deleteMany({ where: { id } })
      return found?.name
    },
  }
}
