import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomFillSync,
} from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What a keyed hash is of: the same text under two labels has two hashes. */
export type HashLabel =
  | 'nik'
  | 'household'
  | 'details'
  | 'code'
  | 'token'
  | 'subject'
  | 'visitor'
  | 'csrf'
  | 'trail'

/** The city's secrets: keyed hashes of identifiers, and sealing of what must be read again. */
export interface Keyring {
  /** The key that seals and hashes from now on. */
  readonly currentId: string
  /** Every key that can still open and hash, the current one first. */
  readonly ids: readonly string[]
  /** HMAC-SHA-256, 32 bytes. Throws when the key `id` is not in the ring. */
  hash(label: HashLabel, text: string, id?: string): Uint8Array<ArrayBuffer>
  /** AES-256-GCM with a fresh nonce; the result carries its key's id. */
  seal(text: string): Uint8Array<ArrayBuffer>
  /** Throws when the bytes were changed or their key is not in the ring. */
  open(sealed: Uint8Array): string
  /** Seals bytes as `seal` seals a text. */
  sealBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer>
  /** Throws as `open` does. */
  openBytes(sealed: Uint8Array): Uint8Array<ArrayBuffer>
  /** The id of the key that sealed these bytes. */
  keyIdOf(sealed: Uint8Array): string
}

interface Key {
  readonly id: string
  readonly hashing: KeyObject
  readonly sealing: KeyObject
}

const idLength = 8
const nonceLength = 12
const tagLength = 16
const keyLine = /^([a-z0-9]{8}):([A-Za-z0-9+/_-]{43}=?)$/

/**
 * Makes a ring of `id:secret` entries, the first one current: an id is 8 of `a-z0-9`, a secret 32 bytes in base64.
 * Throws, without quoting the secret, when an entry is malformed. `reread` gives the entries anew when a key is not known.
 */
export function createKeyring(
  entries: readonly string[],
  reread: () => readonly string[] = () => [],
): Keyring {
  const keys = new Map(entries.map(readKey).map((key) => [key.id, key]))
  const [current] = keys.values()
  if (current === undefined) throw new Error('the keyring is empty')
  const keyOf = (id: string): Key => {
    // Another process may have added a key since: what it sealed or hashed names that key.
    if (!keys.has(id)) for (const key of reread().map(readKey)) keys.set(key.id, key)
    const key = keys.get(id)
    if (key === undefined) throw new Error(`the keyring has no key ${id}`)
    return key
  }
  return {
    currentId: current.id,
    get ids() {
      return [...keys.keys()]
    },
    hash: (label, text, id = current.id) =>
      new Uint8Array(createHmac('sha256', keyOf(id).hashing).update(`${label}:${text}`).digest()),
    seal: (text) => seal(current, Buffer.from(text, 'utf8')),
    open: (sealed) => open(keyOf(readKeyId(sealed)), sealed).toString('utf8'),
    sealBytes: (bytes) => seal(current, bytes),
    openBytes: (sealed) => new Uint8Array(open(keyOf(readKeyId(sealed)), sealed)),
    keyIdOf: readKeyId,
  }
}

/** Reads the ring from `file`, making the file (0600) with one new key when there is none. */
export async function loadKeyring(file: string): Promise<Keyring> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  const reread = () => entriesOf(readFileSync(file, 'utf8'))
  if (text !== undefined) return createKeyring(entriesOf(text), reread)
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const own = `${file}.${randomBytes(4).toString('hex')}`
  await writeFile(own, `${newKeyEntry()}\n`, { mode: 0o600, flush: true })
  // Two first starts at once must not each keep a key of its own: the first file to be linked wins, and is whole.
  await link(own, file).catch((error) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(own)
  return createKeyring(reread(), reread)
}

function entriesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '')
}

/** Puts a new current key before the others in `file`, and returns the ring. */
export async function addKey(file: string): Promise<Keyring> {
  const entries = entriesOf(await readFile(file, 'utf8'))
  const next = [newKeyEntry(), ...entries]
  await writeFile(`${file}.new`, `${next.join('\n')}\n`, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
  return createKeyring(next)
}

/** A new `id:secret` entry, for the environment or a key file. */
export function newKeyEntry(): string {
  return `${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64')}`
}

function readKey(entry: string, index: number): Key {
  const match = keyLine.exec(entry.trim())
  const [, id, secret] = match ?? []
  if (id === undefined || secret === undefined) throw new Error(`key ${index + 1} is not "id:secret"`)
  const bytes = Buffer.from(secret, 'base64')
  // Made once: a key object for each message would cost more than the sealing.
  const derive = (use: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', bytes, '', `lopo ${use}`, 32)))
  return { id, hashing: derive('hashing'), sealing: derive('sealing') }
}

function seal(key: Key, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const nonce = newNonce()
  const cipher = createCipheriv('aes-256-gcm', key.sealing, nonce)
  const body = cipher.update(content)
  const rest = cipher.final()
  return new Uint8Array(
    Buffer.concat([Buffer.from(key.id, 'latin1'), nonce, cipher.getAuthTag(), body, rest]),
  )
}

// Randomness is fetched for many nonces at once: for twelve bytes alone the call costs more than the cipher.
const nonces = Buffer.alloc(nonceLength * 256)
let nextNonce = nonces.length

/** Twelve random bytes that no other call gets. */
function newNonce(): Uint8Array {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces)
    nextNonce = 0
  }
  nextNonce += nonceLength
  // A copy: what is handed out must not change when the next ones are fetched.
  return Uint8Array.from(nonces.subarray(nextNonce - nonceLength, nextNonce))
}

function open(key: Key, sealed: Uint8Array): Buffer {
  const nonce = sealed.subarray(idLength, idLength + nonceLength)
  const tag = sealed.subarray(idLength + nonceLength, idLength + nonceLength + tagLength)
  const decipher = createDecipheriv('aes-256-gcm', key.sealing, nonce)
  decipher.setAuthTag(tag)
  const body = decipher.update(sealed.subarray(idLength + nonceLength + tagLength))
  return Buffer.concat([body, decipher.final()])
}

function readKeyId(sealed: Uint8Array): string {
  if (sealed.length < idLength + nonceLength + tagLength) throw new Error('these bytes were not sealed here')
  return Buffer.from(sealed.subarray(0, idLength)).toString('latin1')
}
