import { readFile } from 'node:fs/promises'
import { createAuditTrail } from '../../../src/staff/store.ts'
import type { Database, Transaction } from '../../../src/storage/database.ts'
import type { Keyring } from '../../../src/storage/keyring.ts'
import { createNoticeStore } from '../../../src/training/notices/store-notice.ts'
import { createRegistrationActions } from '../../../src/training/seats/registration-actions.ts'
import { createTendSeatsStore } from '../../../src/training/seats/store-tend-seats.ts'
import { createTendSeats } from '../../../src/training/seats/tend-seats.ts'
import { createTrainingStore } from '../../../src/training/store.ts'
import type { TrainingVoice } from '../../../src/training/training-voice.ts'
import { parseTrainingWords } from '../../../src/training/training-words.ts'

/** A voice that puts what it says into the outbox, as the house does. */
export function createOutboxVoice(seal: (text: string) => Uint8Array<ArrayBuffer>): TrainingVoice {
  const put = async (transaction: Transaction, chatId: bigint, said: unknown) => {
    await transaction.outboxMessage.create({
      data: { chatId, body: seal(JSON.stringify(said)), kind: 'notice' },
    })
  }
  return {
    offer: (transaction, chatId, offer) => put(transaction, chatId, offer),
    async tellMany(transaction, messages) {
      for (const { chatId, text } of messages) await put(transaction, chatId, { text })
    },
  }
}

/** The words of the house. */
export async function readWords() {
  const file = new URL('../../../flows/content/pelatihan.yaml', import.meta.url)
  return parseTrainingWords(await readFile(file, 'utf8'))
}

/** Registrations and seats in one process, on a database that others may share. */
export async function createSeats(deps: {
  readonly prisma: Database
  readonly keyring: Keyring
  readonly clock: { now: Date }
  readonly voice?: TrainingVoice
}) {
  const { prisma, keyring, clock } = deps
  const words = await readWords()
  const ground = {
    store: createTrainingStore({ prisma, keyring }),
    notices: createNoticeStore(),
    words: () => words,
    offices: () => new Map([['umum', { title: 'Kantor Umum' }]]),
    audit: createAuditTrail(),
    voice: deps.voice ?? createOutboxVoice(keyring.seal),
    now: () => clock.now,
    placeName: (code: string) => `Kelurahan ${code}`,
  }
  const tendSeats = createTendSeats({ ...ground, tend: createTendSeatsStore({ prisma }) })
  return { ...ground, actions: createRegistrationActions(ground), tend: () => tendSeats(clock.now) }
}
