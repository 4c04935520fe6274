import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import type { TrainingDeps } from '../training-deps.ts'

/** Notes in the trail what an officer did with a course or a registration, or read of it: by its number, nothing of a person. */
export async function noteDeed(
  { audit }: Pick<TrainingDeps, 'audit'>,
  transaction: Transaction,
  deed: {
    readonly viewer: Officer
    /** Of the course or the registration. */
    readonly number: number
    readonly action: `training.${string}`
    readonly at: Date
    /** The state that it came to. */
    readonly outcome?: string
    readonly details?: Readonly<Record<string, string | number | boolean>>
  },
): Promise<void> {
  const { viewer, number, action, at, outcome, details = {} } = deed
  const actor = { type: 'staff', id: viewer.id } as const
  await audit.record(transaction, {
    ...{ at, actor, action, subject: String(number), details },
    ...(outcome === undefined ? {} : { outcome }),
  })
}
