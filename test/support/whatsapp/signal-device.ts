import {
  type AuthenticationCreds,
  addTransactionCapability,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  encodeWAMessage,
  generateSignalPubKey,
  initAuthCreds,
  proto,
  unpadRandomMax16,
} from '@whiskeysockets/baileys'
import type { KeyBundle } from './companion.ts'
import { createMemoryKeys } from './memory-keys.ts'
import { silentLogger } from './silent-logger.ts'

/** A message as it travels: the kind of Signal envelope, and its bytes. */
export interface Envelope {
  readonly type: 'pkmsg' | 'msg'
  readonly ciphertext: Uint8Array
}

/** The Signal identity of a simulated phone: real sessions with whatever it writes to. */
export interface SignalDevice {
  readonly identity: AuthenticationCreds['signedIdentityKey']
  readonly registrationId: number
  /** Keys for one device that wants to write to this phone. */
  bundle(): Promise<KeyBundle>
  /** Opens a session by the bundle when there is none yet. */
  encrypt(jid: string, bundle: () => KeyBundle, message: proto.IMessage): Promise<Envelope>
  decrypt(jid: string, type: 'pkmsg' | 'msg', ciphertext: Uint8Array): Promise<proto.Message>
  /** Forgets the session, as a phone does that was installed anew. */
  forget(jid: string): Promise<void>
}

/** Gives a phone an identity of its own. */
export function createSignalDevice(): SignalDevice {
  const creds = initAuthCreds()
  const keys = addTransactionCapability(createMemoryKeys(), silentLogger, {
    maxCommitRetries: 3,
    delayBetweenTriesMs: 10,
  })
  const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
    { creds, keys },
    silentLogger,
    async () => [],
  )
  let lastKey = 0
  return {
    identity: creds.signedIdentityKey,
    registrationId: creds.registrationId,
    async bundle() {
      lastKey += 1
      const pair = Curve.generateKeyPair()
      await keys.set({ 'pre-key': { [lastKey]: pair } })
      const { keyId, keyPair, signature } = creds.signedPreKey
      return {
        registrationId: creds.registrationId,
        identity: creds.signedIdentityKey.public,
        signedKey: { id: keyId, value: keyPair.public, signature },
        oneTimeKey: { id: lastKey, value: pair.public },
      }
    },
    encrypt: (jid, bundle, message) =>
      alone(async () => {
        const { exists } = await repository.validateSession(jid)
        if (!exists) await repository.injectE2ESession({ jid, session: toSession(bundle()) })
        return repository.encryptMessage({ jid, data: encodeWAMessage(message) })
      }),
    decrypt: (jid, type, ciphertext) =>
      alone(async () => {
        const plain = await repository.decryptMessage({ jid, type, ciphertext })
        return proto.Message.decode(unpadRandomMax16(plain))
      }),
    forget: (jid) => alone(() => repository.deleteSession([jid])),
  }
}

let last: Promise<unknown> = Promise.resolve()

/**
 * One phone at a time. libsignal queues work by address for the whole process, and runs it in the context of whoever came first:
 * of two phones that write to one bot, the second would work in the first one's transaction.
 */
function alone<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work, work)
  last = mine
  return mine
}

function toSession({ registrationId, identity, signedKey, oneTimeKey }: KeyBundle) {
  return {
    registrationId,
    identityKey: generateSignalPubKey(identity),
    signedPreKey: {
      keyId: signedKey.id,
      publicKey: generateSignalPubKey(signedKey.value),
      signature: signedKey.signature,
    },
    ...(oneTimeKey && {
      preKey: { keyId: oneTimeKey.id, publicKey: generateSignalPubKey(oneTimeKey.value) },
    }),
  }
}
