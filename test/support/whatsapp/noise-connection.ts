import {
  type BinaryNode,
  decodeBinaryNode,
  encodeBinaryNode,
  NOISE_WA_HEADER,
  type proto,
} from '@whiskeysockets/baileys'
import type { RawData, WebSocket } from 'ws'
import type { NoiseCertificates } from './certificates.ts'
import { createNoiseResponder, type FrameCipher } from './noise-responder.ts'

/** One client's web socket, with stanzas in both directions once the handshake is done. */
export interface NoiseConnection {
  isOpen(): boolean
  /** Drops the stanza when the connection is not open. */
  send(node: BinaryNode): void
  /** Ends the connection after what was sent before. */
  close(): void
  /** Cuts the connection. */
  terminate(): void
  /** Resolves once everything that the client sent so far was handled. */
  drained(): Promise<void>
  /** A stanza id that this connection did not use yet. */
  nextId(): string
}

/** What a connection tells its owner, one after the other. */
export interface ConnectionEvents {
  onLogin(payload: proto.ClientPayload, clientStatic: Buffer): void | Promise<void>
  onNode(node: BinaryNode): void | Promise<void>
  onClose(): void
  onError(error: unknown): void
}

/** Speaks the server's side on a web socket that was just opened. */
export function createNoiseConnection(
  socket: WebSocket,
  certificates: NoiseCertificates,
  events: ConnectionEvents,
): NoiseConnection {
  const responder = createNoiseResponder(certificates)
  const frames = createFrameReader()
  let stage: 'hello' | 'finish' | 'open' = 'hello'
  let cipher: FrameCipher | undefined
  let work: Promise<void> = Promise.resolve()
  let ids = 0

  function write(body: Uint8Array): void {
    if (socket.readyState !== socket.OPEN) return
    const length = Buffer.alloc(3)
    length.writeUIntBE(body.length, 0, 3)
    socket.send(Buffer.concat([length, body]))
  }

  async function onFrame(frame: Buffer): Promise<void> {
    if (stage === 'hello') {
      stage = 'finish'
      return write(responder.hello(frame))
    }
    if (stage === 'finish') {
      stage = 'open'
      const finished = responder.finish(frame)
      cipher = finished.cipher
      return events.onLogin(finished.payload, finished.clientStatic)
    }
    if (cipher !== undefined) await events.onNode(await decodeBinaryNode(cipher.open(frame)))
  }

  async function onData(data: RawData): Promise<void> {
    for (const frame of frames.take(toBuffer(data))) await onFrame(frame)
  }

  socket.on('message', (data) => {
    work = work
      .then(() => onData(data))
      .catch((error: unknown) => {
        events.onError(error)
        socket.terminate()
      })
  })
  socket.on('close', () => events.onClose())
  socket.on('error', () => {})

  return {
    isOpen: () => socket.readyState === socket.OPEN,
    send(node) {
      if (cipher !== undefined) write(cipher.seal(encodeBinaryNode(node)))
    },
    close: () => socket.close(),
    terminate: () => socket.terminate(),
    drained: () => work,
    nextId() {
      ids += 1
      return `srv-${ids}`
    },
  }
}

/** Cuts the bytes of a client into frames, after the intro that every connection starts with. */
function createFrameReader() {
  let bytes: Buffer = Buffer.alloc(0)
  let isIntroduced = false

  function readIntro(): void {
    if (bytes.subarray(0, 2).toString() === 'ED') bytes = bytes.subarray(7 + bytes.readUIntBE(4, 3))
    const intro = bytes.subarray(0, NOISE_WA_HEADER.length)
    if (!intro.equals(NOISE_WA_HEADER)) throw new Error(`unknown intro ${intro.toString('hex')}`)
    bytes = bytes.subarray(NOISE_WA_HEADER.length)
    isIntroduced = true
  }

  return {
    take(more: Buffer): Buffer[] {
      bytes = bytes.length === 0 ? more : Buffer.concat([bytes, more])
      if (!isIntroduced) readIntro()
      const whole: Buffer[] = []
      while (bytes.length >= 3) {
        const end = 3 + bytes.readUIntBE(0, 3)
        if (bytes.length < end) break
        whole.push(bytes.subarray(3, end))
        bytes = bytes.subarray(end)
      }
      return whole
    },
  }
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
}
