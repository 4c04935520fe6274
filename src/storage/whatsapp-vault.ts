import { UnreadableAccountError } from '../channels/whatsapp-store.ts'
import type { Keyring } from './keyring.ts'

/** Seals what one account keeps, each value for its place: one that was put elsewhere cannot be read there. */
export interface Vault {
  seal(place: string, content: Uint8Array | string): Uint8Array<ArrayBuffer>
  /** Throws UnreadableAccountError when the bytes were changed or moved, or their key is gone. */
  open(place: string, sealed: Uint8Array): Uint8Array<ArrayBuffer>
  openText(place: string, sealed: Uint8Array): string
}

/** What a vault needs of the keyring. */
export type VaultKeys = Pick<Keyring, 'sealBytes' | 'openBytes'>

/** Makes the vault of an account. */
export function createVault(keyring: VaultKeys, account: string): Vault {
  const labelOf = (place: string) => Buffer.from(`${account}\0${place}\0`)

  function open(place: string, sealed: Uint8Array): Uint8Array<ArrayBuffer> {
    const label = labelOf(place)
    const bytes = opened(sealed)
    if (!label.equals(bytes.subarray(0, label.length))) throw new UnreadableAccountError(account)
    return bytes.subarray(label.length)
  }

  function opened(sealed: Uint8Array): Uint8Array<ArrayBuffer> {
    try {
      return keyring.openBytes(sealed)
    } catch (cause) {
      throw new UnreadableAccountError(account, { cause })
    }
  }

  return {
    seal: (place, content) => keyring.sealBytes(Buffer.concat([labelOf(place), Buffer.from(content)])),
    open,
    openText: (place, sealed) => Buffer.from(open(place, sealed)).toString('utf8'),
  }
}
