import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { type PersonTraits, personHashes, type TrainingSecrets } from '../person.ts'
import { type Registration, type RegistrationDetails, registrationStates } from '../registration.ts'
import { openDetails } from '../store-details.ts'
import { registrationOf } from '../store-rows.ts'
import type { ApplicantFilter, ApplicantView } from '../training-desk.ts'

/** A registration with what was written in it; undefined once erased. */
export interface StoredApplicant {
  readonly registration: Registration
  readonly details: RegistrationDetails | undefined
  readonly hasNote: boolean
}

/** Who applied, as officers need it, in PostgreSQL. What people wrote is opened. */
export interface ApplicantStore {
  /** Everybody of a course in the order of arrival; a search of names is not made here. */
  list(
    transaction: Transaction,
    courseNumber: number,
    filter: Pick<ApplicantFilter, 'states' | 'kelurahan' | 'gender'>,
  ): Promise<readonly StoredApplicant[]>
  /** Those of some numbers who are of the course. */
  some(
    transaction: Transaction,
    courseNumber: number,
    numbers: readonly number[],
  ): Promise<ReadonlyMap<number, StoredApplicant>>
  /** One of any course, with what only the page of one shows. */
  find(
    transaction: Transaction,
    number: number,
  ): Promise<(StoredApplicant & Pick<ApplicantView, 'note' | 'channel' | 'history'>) | undefined>
  /** Keeps an officer's score and note; an empty note is none. */
  assess(
    transaction: Transaction,
    number: number,
    what: { readonly score: number | undefined; readonly note: string },
  ): Promise<void>
  /** The people in the order in which everybody locks several. */
  inLockOrder(people: readonly PersonTraits[]): readonly PersonTraits[]
}

const historyRow = z.object({
  state: z.enum(registrationStates),
  actor: z.enum(['resident', 'officer', 'time']),
  by: z
    .string()
    .nullable()
    .transform((name) => name ?? undefined),
  reason: z
    .string()
    .nullable()
    .transform((reason) => reason ?? undefined),
  at: z.date(),
})

/** Makes the store. */
export function createApplicantStore(keyring: TrainingSecrets): ApplicantStore {
  return {
    ...createReads(keyring),
    async assess(transaction, number, { score, note }) {
      await transaction.registration.update({
        where: { id: BigInt(number) },
        data: { score: score ?? null, note: note === '' ? null : keyring.seal(note) },
        select: { id: true },
      })
    },
    inLockOrder(people) {
      const placed = people.map((person) => ({
        person,
        place: Buffer.from(personHashes(keyring, person)[0]).toString('hex'),
      }))
      return placed.toSorted((one, other) => (one.place < other.place ? -1 : 1)).map(({ person }) => person)
    },
  }
}

function createReads(keyring: TrainingSecrets): Pick<ApplicantStore, 'list' | 'some' | 'find'> {
  return {
    async list(transaction, courseNumber, { states, kelurahan, gender }) {
      const rows = await transaction.registration.findMany({
        where: {
          courseId: BigInt(courseNumber),
          ...(states === undefined ? {} : { state: { in: [...states] } }),
          ...(kelurahan === undefined ? {} : { kelurahan }),
          ...(gender === undefined ? {} : { gender }),
        },
        orderBy: { id: 'asc' },
      })
      return rows.map((row) => applicantOf(keyring, row))
    },
    async some(transaction, courseNumber, numbers) {
      const rows = await transaction.registration.findMany({
        where: {
          courseId: BigInt(courseNumber),
          id: { in: numbers.filter(Number.isSafeInteger).map(BigInt) },
        },
      })
      return new Map(rows.map((row) => [Number(row.id), applicantOf(keyring, row)]))
    },
    async find(transaction, number) {
      if (!Number.isSafeInteger(number)) return undefined
      const row = await transaction.registration.findUnique({
        where: { id: BigInt(number) },
        include: { changes: { orderBy: { id: 'asc' } } },
      })
      if (row === null) return undefined
      const chat =
        row.chatId === null
          ? null
          : await transaction.chat.findUnique({ where: { id: row.chatId }, select: { channel: true } })
      return {
        ...applicantOf(keyring, row),
        note: row.note === null ? '' : keyring.open(row.note),
        channel: chat?.channel,
        history: z.array(historyRow).parse(row.changes),
      }
    },
  }
}

function applicantOf(
  keyring: Pick<TrainingSecrets, 'open'>,
  row: { readonly details: Uint8Array | null; readonly note: Uint8Array | null },
): StoredApplicant {
  return {
    registration: registrationOf(row),
    details: row.details === null ? undefined : openDetails(keyring, row.details),
    hasNote: row.note !== null,
  }
}
