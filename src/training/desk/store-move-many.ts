import type { Transaction } from '../../storage/database.ts'
import type { Doer, RegistrationState } from '../registration.ts'
import type { RegistrationChange } from '../seats/registration-change.ts'

/** Moves many registrations to a state at once, with a line in the history of each, as an officer does. */
export async function moveMany(
  transaction: Transaction,
  numbers: readonly number[],
  state: RegistrationState,
  given: {
    readonly by: Extract<Doer, { type: 'officer' }>
    readonly now: Date
    readonly change: RegistrationChange
  },
): Promise<void> {
  const { by, now, change } = given
  const ids = numbers.map(BigInt)
  if (ids.length === 0) return
  await transaction.registration.updateMany({
    where: { id: { in: ids } },
    data: { ...change, state, stateAt: now },
  })
  await transaction.registrationChange.createMany({
    data: ids.map((registrationId) => ({
      ...{ registrationId, state, actor: by.type, by: by.name },
      ...{ reason: change.reason ?? null, at: now },
    })),
  })
}
