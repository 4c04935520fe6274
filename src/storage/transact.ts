import { z } from 'zod'
import type { Database, Transaction } from './database.ts'

/** How often a transaction is tried that others block. */
const tries = 5
const blocked = z.object({ message: z.string(), code: z.string().optional() })

/** Runs the work in a transaction of its own, again when others were in its way; it must have done nothing else until it is committed. */
export async function transact<T>(
  prisma: Database,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await prisma.$transaction(work)
    } catch (error) {
      if (attempt >= tries || !isBlocked(error)) throw error
    }
  }
}

/** Whether PostgreSQL ended the transaction so that another could go on. */
function isBlocked(error: unknown): boolean {
  const read = blocked.safeParse(error)
  if (!read.success) return false
  return read.data.code === 'P2034' || /40P01|40001|deadlock/.test(read.data.message)
}
