import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type AccountDeps, bytea, runPatiently } from './whatsapp-run.ts'

/** The secret by which an account hashes what its rows are found by: ids of Signal hold phone numbers. */
export interface AccountSecret {
  /** HMAC-SHA-256, 32 bytes. Rejects with UnreadableAccountError. */
  hash(texts: readonly string[]): Promise<readonly Uint8Array<ArrayBuffer>[]>
  /** Makes the account's row with a secret, where it is missing. Rejects with UnreadableAccountError. */
  prepare(): Promise<void>
  /** A new secret, sealed, for an account whose own cannot be read; undefined when it can. */
  replacement(sealed: Uint8Array): Uint8Array<ArrayBuffer> | undefined
  /** Another process may have changed it: it is read anew when it is needed next. */
  forget(): void
}

const place = 'secret'
const found = z.object({ secret: bytea, creds: bytea.nullable() })

/** Makes it. */
export function createAccountSecret({ pool, vault, account, now }: AccountDeps): AccountSecret {
  let known: Promise<KeyObject> | undefined

  async function read(): Promise<KeyObject> {
    await runPatiently(
      pool,
      'INSERT INTO whatsapp_account (account, secret, state_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [account, fresh(), now()],
    )
    const { rows } = await runPatiently(
      pool,
      'SELECT secret, creds FROM whatsapp_account WHERE account = $1',
      [account],
    )
    const { secret, creds } = found.parse(rows[0])
    const other = creds === null ? replacement(secret) : undefined
    return other === undefined ? keyOf(secret) : replace(secret, other)
  }

  /** Nothing hangs on the secret of an account that is not linked: one that cannot be read gives way to another. */
  async function replace(old: Uint8Array, other: Uint8Array): Promise<KeyObject> {
    const { rowCount } = await runPatiently(
      pool,
      'UPDATE whatsapp_account SET secret = $3 WHERE account = $1 AND secret = $2 AND creds IS NULL',
      [account, old, other],
    )
    return rowCount === 1 ? keyOf(other) : read()
  }

  const fresh = () => vault.seal(place, randomBytes(32))
  const keyOf = (sealed: Uint8Array) => createSecretKey(vault.open(place, sealed))

  function replacement(sealed: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
    try {
      keyOf(sealed)
      return undefined
    } catch {
      return fresh()
    }
  }

  async function key(): Promise<KeyObject> {
    const mine = known ?? read()
    known = mine
    try {
      return await mine
    } catch (error) {
      if (known === mine) known = undefined
      throw error
    }
  }

  return {
    async hash(texts) {
      const secret = await key()
      return texts.map((text) => new Uint8Array(createHmac('sha256', secret).update(text).digest()))
    },
    async prepare() {
      await key()
    },
    replacement,
    forget() {
      known = undefined
    },
  }
}
