import type { BinaryNode } from '@whiskeysockets/baileys'
import { child, childBytes, childNumber, children } from './stanza.ts'

/** A public key with its number. */
export interface NumberedKey {
  readonly id: number
  readonly value: Uint8Array
}

/** What one device publishes so that another can open a Signal session with it. */
export interface KeyBundle {
  readonly registrationId: number
  readonly identity: Uint8Array
  readonly signedKey: NumberedKey & { readonly signature: Uint8Array }
  readonly oneTimeKey: NumberedKey | undefined
}

/** What the server knows of a linked client: its names, its Noise key and the Signal keys it published. */
export interface Companion {
  readonly jid: string
  readonly lid: string
  readonly device: number
  readonly noiseKey: Buffer
  published: Omit<KeyBundle, 'oneTimeKey'> | undefined
  readonly oneTimeKeys: NumberedKey[]
}

/** Keeps the keys of an `encrypt` registration, which adds one-time keys to those still left. */
export function publishKeys(companion: Companion, node: BinaryNode): void {
  companion.published = {
    registrationId: childNumber(node, 'registration'),
    identity: childBytes(node, 'identity'),
    signedKey: readSignedKey(child(node, 'skey')),
  }
  for (const key of children(child(node, 'list'), 'key')) companion.oneTimeKeys.push(readKey(key))
}

/** The bundle for the next device that asks, with a one-time key while there is one. */
export function takeBundle(companion: Companion): KeyBundle {
  if (companion.published === undefined) throw new Error(`${companion.jid} published no keys yet`)
  return { ...companion.published, oneTimeKey: companion.oneTimeKeys.shift() }
}

/** The bundle that a client puts into a retry receipt; undefined when it put none. */
export function bundleOfRetry(receipt: BinaryNode): KeyBundle | undefined {
  const keys = child(receipt, 'keys')
  if (keys === undefined) return undefined
  const oneTimeKey = child(keys, 'key')
  return {
    registrationId: childNumber(receipt, 'registration'),
    identity: childBytes(keys, 'identity'),
    signedKey: readSignedKey(child(keys, 'skey')),
    oneTimeKey: oneTimeKey && readKey(oneTimeKey),
  }
}

const readKey = (node: BinaryNode | undefined): NumberedKey => ({
  id: childNumber(node, 'id'),
  value: childBytes(node, 'value'),
})

const readSignedKey = (node: BinaryNode | undefined) => ({
  ...readKey(node),
  signature: childBytes(node, 'signature'),
})
