import { type BinaryNode, encodeBigEndian, KEY_BUNDLE_TYPE } from '@whiskeysockets/baileys'
import type { KeyBundle, NumberedKey } from './companion.ts'
import { stanza } from './stanza.ts'

/** A key bundle as the nodes that carry it, without the registration id. */
export function keyNodes({ identity, signedKey, oneTimeKey }: KeyBundle): BinaryNode[] {
  const signed = [...numbered(signedKey), stanza('signature', {}, signedKey.signature)]
  return [
    stanza('type', {}, Buffer.from(KEY_BUNDLE_TYPE)),
    stanza('identity', {}, identity),
    ...(oneTimeKey ? [stanza('key', {}, numbered(oneTimeKey))] : []),
    stanza('skey', {}, signed),
  ]
}

/** The registration id as the node that carries it. */
export const registrationNode = (id: number): BinaryNode => stanza('registration', {}, encodeBigEndian(id))

const numbered = ({ id, value }: NumberedKey) => [
  stanza('id', {}, encodeBigEndian(id, 3)),
  stanza('value', {}, value),
]
