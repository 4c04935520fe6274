import { z } from 'zod'
import type { SignalEntry, WhatsAppStore } from '../channels/whatsapp-store.ts'
import { type AccountDeps, bytea, runNamed } from './whatsapp-run.ts'
import type { AccountSecret } from './whatsapp-secret.ts'

// Each write takes its rows in the same order, and a deletion is an update: so two writes wait for each other but never
// crosswise, and each is whole although it is one statement. Where values were deleted stays an empty row.
const writeKeys = {
  name: 'write keys',
  text: `
    INSERT INTO whatsapp_key (account, type, id_hash, value)
    SELECT $1, t.type, t.id_hash, t.value FROM unnest($2::text[], $3::bytea[], $4::bytea[]) AS t(type, id_hash, value)
    ORDER BY t.type, t.id_hash
    ON CONFLICT (account, type, id_hash) DO UPDATE SET value = excluded.value`,
} as const

const readKeys = {
  name: 'read keys',
  text: `
    SELECT id_hash, value FROM whatsapp_key
    WHERE account = $1 AND type = $2 AND id_hash = ANY($3::bytea[]) AND value IS NOT NULL`,
} as const

const keyRow = z.object({ id_hash: bytea, value: bytea })

/** The values of the Signal protocol. Reading and writing are on the way of every message: one statement each. */
export function createSignalKeys(
  { pool, vault, account }: AccountDeps,
  secret: AccountSecret,
): Pick<WhatsAppStore, 'readKeys' | 'writeKeys'> {
  const placeOf = (hash: string) => `key ${hash}`

  return {
    async readKeys(type, ids) {
      if (ids.length === 0) return new Map()
      const hashes = await secret.hash(ids.map((id) => hashed(type, id)))
      const rows = await runNamed(pool, keyRow, readKeys, [account, type, hashes])
      const sealedBy = new Map(rows.map(({ id_hash, value }) => [hex(id_hash), value]))
      return new Map(
        ids.flatMap((id, index) => {
          const hash = hex(hashes[index])
          const value = sealedBy.get(hash)
          return value === undefined ? [] : [[id, vault.openText(placeOf(hash), value)] as const]
        }),
      )
    },
    async writeKeys(given) {
      const entries = lastOfEach(given)
      if (entries.length === 0) return
      const hashes = await secret.hash(entries.map(({ type, id }) => hashed(type, id)))
      const values = entries.map(({ value }, index) =>
        value === null ? null : vault.seal(placeOf(hex(hashes[index])), value),
      )
      await runNamed(pool, z.never(), writeKeys, [account, entries.map(({ type }) => type), hashes, values])
    },
  }
}

/** What a key is hashed from. */
function hashed(type: string, id: string): string {
  return `${type}\0${id}`
}

function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex')
}

/** A statement may write a row once only: of two values for one id the later holds. */
function lastOfEach(entries: readonly SignalEntry[]): readonly SignalEntry[] {
  return [...new Map(entries.map((entry) => [hashed(entry.type, entry.id), entry])).values()]
}
