import { z } from 'zod'
import type { Transaction } from '../storage/database.ts'
import { personHashes, type TrainingSecrets } from './person.ts'
import type { Doer, RegistrationDetails, RegistrationState } from './registration.ts'
import type { NewRegistration, RegistrationChange } from './seats/registration-change.ts'
import { sealDetails } from './store-details.ts'

const numberRows = z.tuple([z.object({ number: z.bigint().transform(Number) })])

/** What is done with registrations. */
export function createWrites(keyring: TrainingSecrets) {
  return {
    async create(
      transaction: Transaction,
      { details, courseNumber, gender, desil, ...registration }: NewRegistration,
      by: Doer,
      now: Date,
    ) {
      const { kelurahan, contactId, chatId, forWhom, education, consentVersion, state } = registration
      const [hash] = personHashes(keyring, { ...details, kelurahan })
      const acceptedAt = state === 'accepted' ? now : null
      // One statement for both rows: everybody else who wants into the course waits for it.
      const rows = await transaction.$queryRaw`
        WITH made AS (
          INSERT INTO registration (course_id, contact_id, chat_id, for_whom, person_hash, details, kelurahan,
            education, gender, desil, consent_version, consent_at, state, state_at, accepted_at, created_at)
          VALUES (${BigInt(courseNumber)}, ${contactId}::uuid, ${chatId}, ${forWhom}, ${hash},
            ${sealDetails(keyring, details)}, ${kelurahan}, ${education}, ${gender ?? null}, ${desil ?? null},
            ${consentVersion}, ${now}, ${state}, ${now}, ${acceptedAt}, ${now})
          RETURNING id
        ), noted AS (
          INSERT INTO registration_change (registration_id, state, actor, by, at)
          SELECT id, ${state}, ${by.type}, ${by.type === 'officer' ? by.name : null}, ${now} FROM made
        )
        SELECT id AS number FROM made`
      return numberRows.parse(rows)[0].number
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
