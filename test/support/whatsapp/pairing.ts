import { createHmac, randomBytes } from 'node:crypto'
import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  type BinaryNode,
  Curve,
  derivePairingCodeKey,
  hkdf,
  proto,
  S_WHATSAPP_NET,
  WA_ADV_DEVICE_SIG_PREFIX,
} from '@whiskeysockets/baileys'
import { link, vouchFor } from './linking.ts'
import { bytesOf, child, childBytes, need, secondsOf, stanza } from './stanza.ts'
import { type Account, type ClientSession, noteError, transmit, type World } from './world.ts'

/** Offers a client that nobody linked six references to draw as QR codes. */
export function offerQr(world: World, session: ClientSession): void {
  session.qrRefs = Array.from({ length: 6 }, () => `2@${randomBytes(24).toString('base64url')}`)
  const refs = session.qrRefs.map((ref) => stanza('ref', {}, Buffer.from(ref)))
  const attrs = { from: S_WHATSAPP_NET, type: 'set', id: session.connection.nextId(), xmlns: 'md' }
  transmit(world, session, stanza('iq', attrs, [stanza('pair-device', {}, refs)]))
}

/** The owner scans the QR text with the phone; throws when no client shows it. */
export function scanQr(world: World, account: Account, qr: string): void {
  const [ref = '', , identity = '', secret = ''] = (qr.split('#').at(-1) ?? '').split(',')
  const session = [...world.sessions].find(({ qrRefs }) => qrRefs.includes(ref))
  if (session === undefined) throw new Error('no client shows this QR code')
  finishPairing(world, session, account, Buffer.from(identity, 'base64'), Buffer.from(secret, 'base64'))
}

/** A client that asked for a pairing code of this account; undefined when none did. */
export function awaitingCode(world: World, account: Account): ClientSession | undefined {
  return [...world.sessions].find(
    ({ linkCode, connection }) => linkCode?.jid === account.phone.pn && connection.isOpen(),
  )
}

/** The client asks to be linked by a code that it shows. */
export function askForCode(session: ClientSession, node: BinaryNode): BinaryNode[] {
  const linkCode = {
    jid: need(node.attrs.jid, 'jid'),
    ref: randomBytes(16),
    wrapped: childBytes(node, 'link_code_pairing_wrapped_companion_ephemeral_pub'),
    account: undefined,
    shared: undefined,
  }
  session.linkCode = linkCode
  const ref = stanza('link_code_pairing_ref', {}, linkCode.ref)
  return [stanza('link_code_companion_reg', { stage: 'companion_hello' }, [ref])]
}

/** The owner types the code into the phone; a wrong code makes a pairing that does not complete. */
export async function typeCode(
  world: World,
  session: ClientSession,
  account: Account,
  code: string,
): Promise<void> {
  const linkCode = need(session.linkCode, 'a client that waits for its code')
  const { wrapped } = linkCode
  const theirs = await derivePairingCodeKey(code, wrapped.subarray(0, 32))
  const companion = aesDecryptCTR(wrapped.subarray(48, 80), theirs, wrapped.subarray(32, 48))
  const ephemeral = Curve.generateKeyPair()
  const [salt, vector] = [randomBytes(32), randomBytes(16)]
  const ours = await derivePairingCodeKey(code, salt)
  linkCode.account = account
  linkCode.shared = Curve.sharedKey(ephemeral.private, companion)
  const sealed = Buffer.concat([salt, vector, aesEncryptCTR(ephemeral.public, ours, vector)])
  const greeting = stanza('link_code_companion_reg', { stage: 'primary_hello' }, [
    stanza('link_code_pairing_wrapped_primary_ephemeral_pub', {}, sealed),
    stanza('primary_identity_pub', {}, account.phone.device.identity.public),
    stanza('link_code_pairing_ref', {}, linkCode.ref),
  ])
  notifyClient(world, session, 'link_code_companion_reg', greeting)
}

/** The client proves that it knows the code: then it is as if the QR had been scanned. Nothing follows a wrong code. */
export function proveCode(world: World, session: ClientSession, node: BinaryNode): void {
  const { account: asked, shared: agreed } = need(session.linkCode, 'pairing code')
  const [account, shared] = [need(asked, 'owner who typed the code'), need(agreed, 'shared key')]
  const wrapped = childBytes(node, 'link_code_pairing_wrapped_key_bundle')
  const info = 'link_code_pairing_key_bundle_encryption_key'
  const key = hkdf(shared, 32, { salt: wrapped.subarray(0, 32), info })
  const plain = openOrNothing(wrapped.subarray(44), key, wrapped.subarray(32, 44))
  if (plain === undefined) return
  const identity = plain.subarray(0, 32)
  const both = Curve.sharedKey(account.phone.device.identity.private, identity)
  const secret = hkdf(Buffer.concat([shared, both, plain.subarray(64)]), 32, { info: 'adv_secret' })
  finishPairing(world, session, account, identity, Buffer.from(secret))
}

function openOrNothing(sealed: Buffer, key: Uint8Array, vector: Buffer): Buffer | undefined {
  try {
    return aesDecryptGCM(sealed, key, vector, Buffer.alloc(0))
  } catch {
    return undefined
  }
}

/** A notification for a client that may not be linked yet: it is not kept. */
export function notifyClient(world: World, session: ClientSession, type: string, content: BinaryNode): void {
  const id = session.connection.nextId()
  const attrs = { from: S_WHATSAPP_NET, type, id, t: secondsOf(world.now()) }
  transmit(world, session, stanza('notification', attrs, [content]))
}

function finishPairing(
  world: World,
  session: ClientSession,
  account: Account,
  identity: Buffer,
  secret: Buffer,
): void {
  const companion = link(account, session.clientStatic)
  account.firstSyncDue = true
  session.pairing = { account, identity }
  const details = proto.ADVSignedDeviceIdentity.encode(vouchFor(world, account, identity)).finish()
  const hmac = createHmac('sha256', secret).update(details).digest()
  const success = stanza('pair-success', {}, [
    stanza('device-identity', {}, proto.ADVSignedDeviceIdentityHMAC.encode({ details, hmac }).finish()),
    stanza('platform', { name: 'android' }),
    stanza('device', { jid: companion.jid, lid: companion.lid }),
  ])
  const id = session.connection.nextId()
  const attrs = { from: S_WHATSAPP_NET, type: 'set', id, t: secondsOf(world.now()) }
  transmit(world, session, stanza('iq', attrs, [success]))
}

/** Checks what a client answers to its pairing, and sends it off to log in. */
export function completePairing(world: World, session: ClientSession, signed: BinaryNode): void {
  const { account, identity } = need(session.pairing, 'pairing under way')
  const answer = proto.ADVSignedDeviceIdentity.decode(bytesOf(child(signed, 'device-identity')))
  const signature = need(answer.deviceSignature, 'device signature')
  const ours = account.phone.device.identity.public
  const message = Buffer.concat([WA_ADV_DEVICE_SIG_PREFIX, need(answer.details, 'details'), identity, ours])
  if (!Curve.verify(identity, message, signature)) noteError(world, new Error('bad device signature'))
  transmit(world, session, stanza('stream:error', { code: '515' }))
  session.connection.close()
}
