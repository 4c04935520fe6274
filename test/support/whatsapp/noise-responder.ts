import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  NOISE_MODE,
  NOISE_WA_HEADER,
  proto,
  sha256,
} from '@whiskeysockets/baileys'
import type { NoiseCertificates } from './certificates.ts'
import { need } from './stanza.ts'

const nothing = Buffer.alloc(0)

/** Seals and opens frames once the handshake is done. */
export interface FrameCipher {
  seal(plain: Uint8Array): Buffer
  open(sealed: Uint8Array): Buffer
}

/** The server's half of Noise_XX as WhatsApp speaks it. */
export interface NoiseResponder {
  /** Takes the client's hello and answers the server's. */
  hello(frame: Uint8Array): Uint8Array
  /** Takes the client's finish: who it is, what it wants, and how to speak with it from here on. */
  finish(frame: Uint8Array): { clientStatic: Buffer; payload: proto.ClientPayload; cipher: FrameCipher }
}

/** Starts a handshake that proves the server by these certificates. */
export function createNoiseResponder({ leaf, chain }: NoiseCertificates): NoiseResponder {
  const state = createSymmetricState()
  const ephemeral = Curve.generateKeyPair()
  state.authenticate(NOISE_WA_HEADER)
  return {
    hello(frame) {
      const { clientHello } = proto.HandshakeMessage.decode(frame)
      const clientEphemeral = Buffer.from(need(clientHello?.ephemeral, 'client ephemeral'))
      state.authenticate(clientEphemeral)
      state.authenticate(ephemeral.public)
      state.mix(Curve.sharedKey(ephemeral.private, clientEphemeral))
      const sealedStatic = state.encrypt(leaf.public)
      state.mix(Curve.sharedKey(leaf.private, clientEphemeral))
      const serverHello = {
        ephemeral: ephemeral.public,
        static: sealedStatic,
        payload: state.encrypt(chain),
      }
      return proto.HandshakeMessage.encode({ serverHello }).finish()
    },
    finish(frame) {
      const { clientFinish } = proto.HandshakeMessage.decode(frame)
      const clientStatic = state.decrypt(need(clientFinish?.static, 'client static'))
      state.mix(Curve.sharedKey(ephemeral.private, clientStatic))
      const payload = proto.ClientPayload.decode(state.decrypt(need(clientFinish?.payload, 'client payload')))
      return { clientStatic, payload, cipher: createFrameCipher(state.split()) }
    },
  }
}

function createSymmetricState() {
  let hash = Buffer.from(NOISE_MODE)
  let salt = hash
  let key = hash
  let counter = 0
  const authenticate = (data: Uint8Array) => {
    hash = Buffer.from(sha256(Buffer.concat([hash, data])))
  }
  const expand = (data: Uint8Array) => {
    const expanded = Buffer.from(hkdf(data, 64, { salt, info: '' }))
    return [expanded.subarray(0, 32), expanded.subarray(32)] as const
  }
  return {
    authenticate,
    encrypt(plain: Uint8Array): Buffer {
      const sealed = aesEncryptGCM(plain, key, vector(counter++), hash)
      authenticate(sealed)
      return sealed
    },
    decrypt(sealed: Uint8Array): Buffer {
      const plain = aesDecryptGCM(sealed, key, vector(counter++), hash)
      authenticate(sealed)
      return plain
    },
    mix(data: Uint8Array): void {
      const [nextSalt, nextKey] = expand(data)
      salt = nextSalt
      key = nextKey
      counter = 0
    },
    split: () => expand(nothing),
  }
}

function createFrameCipher([fromClient, toClient]: readonly [Buffer, Buffer]): FrameCipher {
  let opened = 0
  let sealed = 0
  return {
    seal: (plain) => aesEncryptGCM(plain, toClient, vector(sealed++), nothing),
    open: (frame) => aesDecryptGCM(frame, fromClient, vector(opened++), nothing),
  }
}

/** The nonce of the n-th message: eight zero bytes and the number. */
function vector(n: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(n, 8)
  return bytes
}
