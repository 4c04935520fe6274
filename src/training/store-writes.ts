import type { Transaction } from '../storage/database.ts'
import { personHashes, type TrainingSecrets } from './person.ts'
import type { Doer, RegistrationDetails, RegistrationState } from './registration.ts'
import type { NewRegistration, RegistrationChange } from './registration-change.ts'
import { sealDetails } from './store-details.ts'

/** What is done with registrations. */
export function createWrites(keyring: TrainingSecrets) {
  return {
    async create(
      transaction: Transaction,
      { details, courseNumber, gender, desil, ...registration }: NewRegistration,
      by: Doer,
      now: Date,
    ) {
      const traits = { ...details, kelurahan: registration.kelurahan }
      const { id } = await transaction.registration.create({
        data: {
          ...registration,
          courseId: BigInt(courseNumber),
          gender: gender ?? null,
          desil: desil ?? null,
          personHash: personHashes(keyring, traits)[0],
          details: sealDetails(keyring, details),
          consentAt: now,
          createdAt: now,
          stateAt: now,
          acceptedAt: registration.state === 'accepted' ? now : null,
          changes: { create: historyLine(registration.state, by, now) },
        },
        select: { id: true },
      })
      return Number(id)
    },
    async move(
      transaction: Transaction,
      number: number,
      state: RegistrationState,
      by: Doer,
      now: Date,
      change: RegistrationChange = {},
    ) {
      const { reason } = change
      await transaction.registration.update({
        where: { id: BigInt(number) },
        data: {
          ...change,
          state,
          stateAt: now,
          changes: { create: historyLine(state, by, now, reason ?? undefined) },
        },
        select: { id: true },
      })
    },
    async changeDetails(transaction: Transaction, number: number, details: RegistrationDetails) {
      await transaction.registration.updateMany({
        where: { id: BigInt(number), details: { not: null } },
        data: { details: sealDetails(keyring, details) },
      })
    },
  }
}

function historyLine(state: RegistrationState, by: Doer, at: Date, reason?: string) {
  return {
    state,
    actor: by.type,
    by: by.type === 'officer' ? by.name : null,
    reason: reason ?? null,
    at,
  }
}
