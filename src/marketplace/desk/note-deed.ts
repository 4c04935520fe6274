import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import type { MarketDeskDeps } from './market-desk-deps.ts'

/** Notes in the trail what an officer did with a product, a paper or a shop: by its number, nothing that anybody wrote. */
export async function noteDeed(
  { audit }: Pick<MarketDeskDeps, 'audit'>,
  transaction: Transaction,
  deed: {
    readonly viewer: Officer
    readonly action: `market.${string}`
    /** Such as `product:12`. */
    readonly subject: string
    readonly at: Date
    readonly details?: Readonly<Record<string, string | number | boolean>>
  },
): Promise<void> {
  const { viewer, action, subject, at, details = {} } = deed
  const actor = { type: 'staff', id: viewer.id } as const
  await audit.record(transaction, { at, actor, action, subject, details })
}
