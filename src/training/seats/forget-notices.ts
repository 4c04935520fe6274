import type { Transaction } from '../../storage/database.ts'
import { noticeKinds } from '../notices/notice.ts'
import type { TrainingDeps } from '../training-deps.ts'

/** Nothing more is told of a registration that its person gave up. */
export async function forgetNotices(
  { notices }: Pick<TrainingDeps, 'notices'>,
  transaction: Transaction,
  number: number,
): Promise<void> {
  for (const kind of noticeKinds) await notices.withdraw(transaction, [number], kind)
}
