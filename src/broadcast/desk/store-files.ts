import type { Transaction } from '../../storage/database.ts'

/** Which files go along with broadcasts. */
export interface FileStore {
  isUsed(client: Transaction, id: string): Promise<boolean>
}

/** Makes the store. */
export function createFileStore(): FileStore {
  return {
    async isUsed(client, id) {
      const where = { media: { path: ['id'], equals: id } }
      return (await client.broadcast.findFirst({ where, select: { id: true } })) !== null
    },
  }
}
