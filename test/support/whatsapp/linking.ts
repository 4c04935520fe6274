import {
  type AuthenticationCreds,
  Curve,
  generateSignalPubKey,
  initAuthCreds,
  proto,
  WA_ADV_ACCOUNT_SIG_PREFIX,
  WA_ADV_DEVICE_SIG_PREFIX,
} from '@whiskeysockets/baileys'
import type { Companion } from './companion.ts'
import type { Account, World } from './world.ts'

/** What an owner's phone signs when it links a client. */
export function vouchFor(world: World, account: Account, identity: Uint8Array) {
  const details = proto.ADVDeviceIdentity.encode({
    rawId: 1,
    timestamp: Math.floor(world.now() / 1_000),
    keyIndex: 1,
    accountType: 0,
    deviceType: 0,
  }).finish()
  const own = account.phone.device.identity
  const message = Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, identity])
  return {
    details,
    accountSignatureKey: own.public,
    accountSignature: Curve.sign(own.private, message),
  }
}

/** Registers one more client of the account; an earlier one is not logged in any more. */
export function link(account: Account, noiseKey: Buffer): Companion {
  account.lastDevice += 1
  account.outstanding.clear()
  const device = account.lastDevice
  const companion: Companion = {
    jid: account.phone.pn.replace('@', `:${device}@`),
    lid: account.phone.lid.replace('@', `:${device}@`),
    device,
    noiseKey,
    published: undefined,
    oneTimeKeys: [],
  }
  account.companion = companion
  return companion
}

/** Links a client without a handshake; answers the credentials that it would have after one. */
export function prePair(world: World, account: Account): AuthenticationCreds {
  const creds = initAuthCreds()
  const own = creds.signedIdentityKey
  const companion = link(account, Buffer.from(creds.noiseKey.public))
  const { keyId, keyPair, signature } = creds.signedPreKey
  companion.published = {
    registrationId: creds.registrationId,
    identity: own.public,
    signedKey: { id: keyId, value: keyPair.public, signature },
  }
  const vouched = vouchFor(world, account, own.public)
  const message = [WA_ADV_DEVICE_SIG_PREFIX, vouched.details, own.public, vouched.accountSignatureKey]
  return {
    ...creds,
    me: { id: companion.jid, lid: companion.lid, name: account.phone.identity.name },
    account: { ...vouched, deviceSignature: Curve.sign(own.private, Buffer.concat(message)) },
    registered: true,
    platform: 'android',
    accountSyncCounter: 1,
    signalIdentities: [
      {
        identifier: { name: companion.lid, deviceId: 0 },
        identifierKey: generateSignalPubKey(vouched.accountSignatureKey),
      },
    ],
  }
}

/** Undoes the link: the client cannot log in again, and what waits for it is dropped. */
export function unlink(account: Account): void {
  account.companion = undefined
  account.outstanding.clear()
}
