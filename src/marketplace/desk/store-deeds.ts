import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import type { ProductSnapshot } from './product-snapshot.ts'

/** What officers leave behind, besides what `move-product.ts` writes. */
export interface DeedStore {
  /** In the place of the approval before. */
  keepApproval(
    transaction: Transaction,
    id: number,
    approval: { readonly at: Date; readonly by: string; readonly was: ProductSnapshot },
  ): Promise<void>
  keepLook(transaction: Transaction, id: number, viewer: Officer, at: Date): Promise<void>
  /** Of reports that came until then; how many there were. */
  settleReports(transaction: Transaction, id: number, until: Date, by: string): Promise<number>
  changeShop(
    transaction: Transaction,
    id: number,
    change:
      | { readonly state: 'active' }
      | { readonly state: 'closed'; readonly at: Date; readonly by: string; readonly reason: string },
  ): Promise<void>
}

/** Makes it. */
export function createDeedStore(): DeedStore {
  return {
    async keepApproval(transaction, id, { at, by, was }) {
      await transaction.$executeRaw`
        INSERT INTO product_approval (product_id, at, by, was)
        VALUES (${BigInt(id)}, ${at}, ${by}, ${JSON.stringify(was)}::jsonb)
        ON CONFLICT (product_id) DO UPDATE SET at = excluded.at, by = excluded.by, was = excluded.was`
    },
    async keepLook(transaction, id, { id: officerId, name: by }, at) {
      await transaction.$executeRaw`
        INSERT INTO product_look (product_id, officer_id, by, at) VALUES (${BigInt(id)}, ${officerId}, ${by}, ${at})
        ON CONFLICT (product_id) DO UPDATE SET officer_id = excluded.officer_id, by = excluded.by, at = excluded.at`
    },
    async settleReports(transaction, id, until, by) {
      const { count } = await transaction.productReport.updateMany({
        where: { productId: BigInt(id), settledAt: null, at: { lte: until } },
        data: { settledAt: until, settledBy: by },
      })
      return count
    },
    async changeShop(transaction, id, change) {
      const isClosed = change.state === 'closed'
      await transaction.shop.update({
        where: { id: BigInt(id) },
        data: {
          state: change.state,
          closedAt: isClosed ? change.at : null,
          closedBy: isClosed ? change.by : null,
          closedReason: isClosed ? change.reason : null,
        },
        select: { id: true },
      })
    },
  }
}
