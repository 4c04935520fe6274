import type { Transaction } from '../storage/database.ts'
import type { NewNotice, NoticeKind } from './notice.ts'

/** What registrants are to be told, in PostgreSQL. */
export interface NoticeStore {
  /** Has them told once they are due; what is there under the same key stays as it is. Answers how many are new. */
  put(transaction: Transaction, notices: readonly NewNotice[]): Promise<number>
  /** Takes away what is not told yet. */
  withdraw(transaction: Transaction, registrations: readonly number[], kind: NoticeKind): Promise<void>
}

/** Makes the store. */
export function createNoticeStore(): NoticeStore {
  return {
    async put(transaction, notices) {
      if (notices.length === 0) return 0
      const { count } = await transaction.registrationNotice.createMany({
        data: notices.map(({ registration, details = {}, ...notice }) => ({
          ...notice,
          details,
          registrationId: BigInt(registration),
        })),
        skipDuplicates: true,
      })
      return count
    },
    async withdraw(transaction, registrations, kind) {
      await transaction.registrationNotice.deleteMany({
        where: { registrationId: { in: registrations.map(BigInt) }, kind, toldAt: null },
      })
    },
  }
}
