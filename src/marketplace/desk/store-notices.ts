import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'

/** What owners are told once the quiet hours are over. */
export interface NoticeStore {
  /** In the place of what waits to be told of the same. */
  putNotice(
    transaction: Transaction,
    notice: { readonly chatId: bigint; readonly about: string; readonly text: string; readonly dueAt: Date },
  ): Promise<void>
  dropNotice(transaction: Transaction, chatId: bigint, about: string): Promise<void>
  /** Those that are due, the oldest first, which are then gone; none that another process takes just now. */
  takeNotices(
    transaction: Transaction,
    now: Date,
    limit: number,
  ): Promise<readonly { readonly chatId: bigint; readonly text: string }[]>
}

const rowsShape = z.array(z.object({ id: z.bigint(), chat_id: z.bigint(), text: z.string() }))

/** Makes it. */
export function createNoticeStore(): NoticeStore {
  return {
    async putNotice(transaction, { chatId, about, text, dueAt }) {
      await transaction.marketNotice.upsert({
        where: { chatId_about: { chatId, about } },
        create: { chatId, about, text, dueAt },
        update: { text, dueAt },
      })
    },
    async dropNotice(transaction, chatId, about) {
      await transaction.marketNotice.deleteMany({ where: { chatId, about } })
    },
    async takeNotices(transaction, now, limit) {
      const rows = await transaction.$queryRaw`
        DELETE FROM market_notice WHERE id IN (
          SELECT id FROM market_notice WHERE due_at <= ${now} ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING id, chat_id, text`
      return rowsShape
        .parse(rows)
        .toSorted((one, other) => (one.id < other.id ? -1 : 1))
        .map(({ chat_id: chatId, text }) => ({ chatId, text }))
    },
  }
}
