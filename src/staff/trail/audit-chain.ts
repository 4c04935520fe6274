import type { Keyring } from '../../storage/keyring.ts'

/** An entry as the chain sees it. `id` and `details` stay texts: nothing may be lost on the way into the hash. */
export interface ChainedEntry {
  readonly id: string
  /** Milliseconds since 1970; infinite for a time that only somebody at the database could have written. */
  readonly at: number
  readonly actorType: string
  readonly actorId: string
  readonly action: string
  readonly subject: string | null
  readonly outcome: string | null
  /** As PostgreSQL prints the jsonb: one text for one value. */
  readonly details: string
}

/** One link: the seal of one entry. */
export interface Seal {
  /** 1, 2, 3 … */
  readonly position: number
  readonly entryId: string
  readonly keyId: string
  readonly hash: Uint8Array
  readonly sealedAt: Date
}

/** How far a chain goes: how many entries were ever sealed, and the hash of the last of them. */
export interface ChainHead {
  readonly count: number
  readonly hash: Uint8Array
}

/** What the first link hangs on. */
export const emptyHead: ChainHead = { count: 0, hash: new Uint8Array(32) }

/** The hash of the link after `before`, for `entry`. Throws when the ring has no key `keyId`. */
export function linkHash(
  keyring: Pick<Keyring, 'hash'>,
  before: ChainHead,
  entry: ChainedEntry,
  { keyId, sealedAt }: Pick<Seal, 'keyId' | 'sealedAt'>,
): Uint8Array<ArrayBuffer> {
  const { id, at, actorType, actorId, action, subject, outcome, details } = entry
  // A list in JSON: no two entries, and no entry with a part moved into its neighbour, give the same text.
  const content = [id, String(at), actorType, actorId, action, subject, outcome, details]
  const link = ['link', hexOf(before.hash), before.count + 1, keyId, sealedAt.getTime(), ...content]
  return keyring.hash('trail', JSON.stringify(link), keyId)
}

/** What the retention job says of the place up to which it deleted: nobody without the key can say it. */
export function purgeProof(keyring: Pick<Keyring, 'hash'>, head: ChainHead, keyId: string): string {
  const text = JSON.stringify(['purged', head.count, hexOf(head.hash)])
  return lettersOf(keyring.hash('trail', text, keyId))
}

/** Writes a head as `COUNT:HASH`. The hash is in letters only, since long numbers are masked in the log. */
export function writeHead({ count, hash }: ChainHead): string {
  const grouped = String(count).replaceAll(/\B(?=(\d{3})+$)/g, '_')
  return `${grouped}:${lettersOf(hash)}`
}

/** Reads what `writeHead` wrote; undefined when it is something else. */
export function readHead(text: string): ChainHead | undefined {
  const match = /^([\d_]{1,20}):([a-p]{64})$/.exec(text.trim())
  const [, digits = '', letters = ''] = match ?? []
  const count = Number(digits.replaceAll('_', ''))
  if (match === null || !Number.isSafeInteger(count)) return undefined
  const hex = letters.replaceAll(/[a-p]/g, (letter) => (letter.charCodeAt(0) - 97).toString(16))
  return { count, hash: new Uint8Array(Buffer.from(hex, 'hex')) }
}

/** Whether two hashes are the same. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** Hexadecimal with `a` to `p` for its digits. */
function lettersOf(bytes: Uint8Array): string {
  return hexOf(bytes).replaceAll(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
}
