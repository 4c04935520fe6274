import type { Transaction } from '../../storage/database.ts'
import type { TrainingDeps } from '../training-deps.ts'
import type { TendSeatsStore } from './store-tend-seats.ts'

/** What tending seats is given. */
export type TendSeatsDeps = Pick<TrainingDeps, 'store' | 'notices' | 'words' | 'audit' | 'voice'> & {
  readonly tend: TendSeatsStore
}

/** Puts into the trail what time did to a course, or to a registration. */
export function noteTended(
  { audit }: Pick<TendSeatsDeps, 'audit'>,
  transaction: Transaction,
  entry: {
    readonly at: Date
    readonly action: 'course.advance' | 'registration.lapse' | 'registration.offer' | 'registration.let_go'
    readonly subject: string
    readonly outcome?: string
    readonly details?: Readonly<Record<string, number>>
  },
): Promise<void> {
  return audit.record(transaction, { ...entry, actor: { type: 'system', id: 'trainings' } })
}
