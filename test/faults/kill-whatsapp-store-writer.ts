import { writeSync } from 'node:fs'
import type { SignalEntry } from '../../src/channels/whatsapp-store.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { createKeyring } from '../../src/storage/keyring.ts'
import { createWhatsAppStore } from '../../src/storage/whatsapp-store.ts'

/** What the write with this number consists of: the same ids each time, a third of them deleted by every other write. */
export function entriesOf(write: number): readonly SignalEntry[] {
  const value = `${write} ${'x'.repeat(400)}`
  return ['session', 'pre-key', 'lid-mapping'].flatMap((type, kind) =>
    Array.from({ length: 8 }, (_, id) => ({
      type,
      id: `${id}`,
      value: kind === 1 && write % 2 === 0 ? null : value,
    })),
  )
}

/** The secrets as of this write. */
export function credsOf(write: number): string {
  return JSON.stringify({ write })
}

/** Writes without end from the number on, and prints each number once its write is acknowledged. */
async function writeOn(url: string, key: string, from: number): Promise<void> {
  const { pool, prisma } = openDatabase(url)
  const keyring = createKeyring([key])
  const store = createWhatsAppStore({ pool, prisma, keyring, now: () => new Date(), account: 'main' })
  for (let write = from; ; write += 1) {
    await store.writeKeys(entriesOf(write))
    writeSync(1, `keys ${write}\n`)
    await store.writeCreds(credsOf(write))
    writeSync(1, `creds ${write}\n`)
  }
}

if (import.meta.main) {
  const [url = '', key = '', from = '1'] = process.argv.slice(2)
  await writeOn(url, key, Number(from))
}
