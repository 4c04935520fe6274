import type { Address, IncomingContent, Media, Unreadable } from './channel.ts'
import { contentMime } from './content-mime.ts'
import { createTurns } from './turns.ts'
import { createDownload, type Downloaded } from './whatsapp-download.ts'
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
  readonly socket: () => Socket | undefined
  /** Where WhatsApp is, when it is another server, for tests. */
  readonly url?: string | undefined
  /** Ends what is under way when the channel stops. */
  readonly signal: AbortSignal
  /** Milliseconds. */
  readonly timeout?: number
}

const usualTimeout = 60_000
/** How many files are fetched at once: each is held in memory. */
const lanes = 3

/** Makes the function. What a file is, its content says; how large it is, is counted. */
export function createFetchFile(deps: FilesDeps): FetchFile {
  const { baileys, media, socket, signal, timeout = usualTimeout } = deps
  const turns = createTurns()
  const testHost = deps.url === undefined ? undefined : new URL(deps.url).hostname
  const download = createDownload({
    baileys,
    limit: maximumFileSize,
    mayFetchFrom: (hostname) => hostname.endsWith('.whatsapp.net') || hostname === testHost,
  })
  let count = 0

  async function fetchFile({ message, name, caption }: RemoteFile, owner: Address): Promise<IncomingContent> {
    const ended = AbortSignal.any([signal, AbortSignal.timeout(timeout)])
    let file = await download(message, ended)
    if (file.type === 'gone') {
      // The phone is asked to send it to WhatsApp anew.
      const renewed = await unless(ended, socket()?.wa.updateMediaMessage(message))
      file = renewed === undefined ? file : await download(renewed, ended)
    }
    if (file.type !== 'file') return { type: 'unreadable', what: refusals[file.type] }
    const named = name === undefined ? {} : { name }
    const saved = await media.save({ mime: contentMime(file.bytes), bytes: file.bytes, ...named }, owner)
    return saved === 'too_much'
      ? { type: 'unreadable', what: 'too_large' }
      : { type: 'media', media: saved, caption }
  }

  return (file, owner) => {
    count += 1
    return turns(String(count % lanes), () => fetchFile(file, owner))
  }
}

const refusals: Readonly<Record<Exclude<Downloaded['type'], 'file'>, Unreadable>> = {
  too_large: 'too_large',
  gone: 'other',
  refused: 'other',
}

/** What is promised; undefined when it fails. Rejects when the signal comes first. */
function unless<T>(signal: AbortSignal, promised: Promise<T> | undefined): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error('a file was not sent anew in time'))
    signal.addEventListener('abort', end, { once: true })
    Promise.resolve(promised)
      .catch(() => undefined)
      .then(resolve)
      .finally(() => signal.removeEventListener('abort', end))
  })
}
