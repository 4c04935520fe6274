import { writeSync } from 'node:fs'
import { openDatabase } from '../../src/storage/database.ts'
import { createKeyring } from '../../src/storage/keyring.ts'
import type { TrainingVoice } from '../../src/training/training-voice.ts'
import { createOutboxVoice, createSeats } from '../training/seats/seats-parts.ts'

/** Tends seats once at a time of the clock, and tells of each offer before it is committed, and when all is done. */
async function tendOnce(url: string, key: string, now: Date): Promise<void> {
  const database = openDatabase(url)
  const keyring = createKeyring([key])
  const outbox = createOutboxVoice(keyring.seal)
  const voice: TrainingVoice = {
    ...outbox,
    async offer(...given) {
      await outbox.offer(...given)
      writeSync(1, 'offer\n')
    },
  }
  const { tend } = await createSeats({ prisma: database.prisma, keyring, clock: { now }, voice })
  writeSync(1, `done ${await tend()}\n`)
  await database.close()
}

if (import.meta.main) {
  const [url = '', key = '', now = ''] = process.argv.slice(2)
  await tendOnce(url, key, new Date(now))
}
