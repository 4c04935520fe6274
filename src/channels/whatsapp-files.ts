import { addAbortSignal } from 'node:stream'
import type { WAMessage } from '@whiskeysockets/baileys'
import type { Logger } from '../log.ts'
import type { Address, IncomingContent, Media } from './channel.ts'
import { contentMime } from './content-mime.ts'
import { baileysLogger } from './quiet-console.ts'
import type { Baileys } from './whatsapp-library.ts'
import { maximumFileSize, type RemoteFile } from './whatsapp-message.ts'
import type { Socket } from './whatsapp-socket.ts'

/** A file with its content, as the media store takes and gives it. */
export interface WhatsAppFile {
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly name?: string
}

/**
 * Where files are kept: `save` resolves once the file is durable, or with `too_much` when the chat has sent its share for
 * today; `read` is undefined when the file is gone.
 */
export interface WhatsAppMedia {
  save(file: WhatsAppFile, owner: Address): Promise<Media | 'too_much'>
  read(id: string): Promise<WhatsAppFile | undefined>
}

/** Fetches a file that a person sent and keeps it. Rejects when trying again may help. */
export type FetchFile = (file: RemoteFile, owner: Address) => Promise<IncomingContent>

interface FilesDeps {
  readonly baileys: Baileys
  readonly media: WhatsAppMedia
  readonly log: Logger
  readonly socket: () => Socket | undefined
  /** Ends what is under way when the channel stops. */
  readonly signal: AbortSignal
  /** Milliseconds. */
  readonly timeout?: number
}

const usualTimeout = 60_000

/** Makes the function. What a file is, its content says; how large it is, is counted. */
export function createFetchFile({
  baileys,
  media,
  log,
  socket,
  signal,
  timeout = usualTimeout,
}: FilesDeps): FetchFile {
  return async (file, owner) => {
    const bytes = await download(file.message)
    if (bytes === 'too_large') return { type: 'unreadable', what: 'too_large' }
    const named = file.name === undefined ? {} : { name: file.name }
    const saved = await media.save({ mime: contentMime(bytes), bytes, ...named }, owner)
    if (saved === 'too_much') return { type: 'unreadable', what: 'too_large' }
    return { type: 'media', media: saved, caption: file.caption }
  }

  async function download(message: WAMessage): Promise<Uint8Array<ArrayBuffer> | 'too_large'> {
    const ended = AbortSignal.any([signal, AbortSignal.timeout(timeout)])
    const asked = baileys.downloadMediaMessage(
      message,
      'stream',
      {},
      { logger: baileysLogger(log), reuploadRequest },
    )
    // The library passes no signal on: a server that says nothing would keep the chat waiting for minutes.
    const stream = await unless(ended, asked, (late) => late.destroy())
    return collect(addAbortSignal(ended, stream))
  }

  /** A file that WhatsApp has dropped meanwhile is asked of the phone again. */
  async function reuploadRequest(message: WAMessage): Promise<WAMessage> {
    const wa = socket()?.wa
    if (wa === undefined) throw new Error('no connection to ask for a file again')
    return wa.updateMediaMessage(message)
  }
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Uint8Array<ArrayBuffer> | 'too_large'> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    // Leaving the loop ends the download: what the sender said of the size need not be true.
    if (size > maximumFileSize) return 'too_large'
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** What is promised, unless the signal comes first; `drop` gets what comes too late. */
function unless<T>(signal: AbortSignal, promised: Promise<T>, drop: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      reject(new Error('a download was broken off'))
      promised.then(drop, () => undefined)
    }
    if (signal.aborted) return end()
    signal.addEventListener('abort', end, { once: true })
    promised.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })
}
