import type { WAMessage } from '@whiskeysockets/baileys'
import type { Baileys } from './whatsapp-library.ts'

/** What became of a download; `gone`: WhatsApp keeps the file no longer, and the phone may send it anew. */
export type Downloaded =
  | { readonly type: 'file'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'too_large' | 'gone' | 'refused' }

interface DownloadDeps {
  readonly baileys: Baileys
  /** Whether files may be fetched from this host: who sends a message writes the address. */
  readonly mayFetchFrom: (hostname: string) => boolean
  /** The largest file, in bytes. */
  readonly limit: number
}

/** WhatsApp puts so many bytes of a keyed hash behind an encrypted file, which is longer by a block of padding at most. */
const [macLength, blockLength] = [10, 16]
const usualHost = 'mmg.whatsapp.net'

/**
 * Fetches the file of a message and opens it. The library's own way is not taken: it ends the process when a connection breaks,
 * goes to any address that the message names, and cannot be broken off. Rejects when trying again may help.
 */
export function createDownload({ baileys, mayFetchFrom, limit }: DownloadDeps) {
  return async (message: WAMessage, signal: AbortSignal): Promise<Downloaded> => {
    const { imageMessage, documentMessage } = message.message ?? {}
    const file = imageMessage ?? documentMessage
    const address = addressOf(file?.url, file?.directPath)
    if (address === undefined || !mayFetchFrom(address.hostname)) return { type: 'refused' }
    const headers = { Origin: 'https://web.whatsapp.com' }
    const response = await fetch(address, { signal, headers, redirect: 'error' })
    if (response.status === 404 || response.status === 410) return { type: 'gone' }
    if (!response.ok || response.body === null) throw new Error(`a file was answered by ${response.status}`)
    const sealed = await read(response.body, limit + macLength + blockLength)
    if (sealed === 'too_large') return { type: 'too_large' }
    const keys = await baileys.getMediaKeys(file?.mediaKey, imageMessage ? 'image' : 'document')
    return open(baileys, sealed, keys, limit)
  }
}

type MediaKeys = Awaited<ReturnType<Baileys['getMediaKeys']>>

/** What does not carry the hash of its own key was damaged, or is not what was sent. */
function open(baileys: Baileys, sealed: Buffer, keys: MediaKeys, limit: number): Downloaded {
  const { iv, cipherKey, macKey } = keys
  const body = sealed.subarray(0, -macLength)
  if (macKey === undefined || body.length === 0) return { type: 'refused' }
  const mac = baileys.hmacSign(Buffer.concat([iv, body]), macKey).subarray(0, macLength)
  if (!mac.equals(sealed.subarray(-macLength))) return { type: 'refused' }
  const bytes = baileys.aesDecryptWithIV(body, Buffer.from(cipherKey), Buffer.from(iv))
  return bytes.length > limit ? { type: 'too_large' } : { type: 'file', bytes: new Uint8Array(bytes) }
}

/** Always by TLS, whatever the message says. */
function addressOf(url: string | null | undefined, path: string | null | undefined): URL | undefined {
  const told = url ? URL.parse(url) : null
  const address = path ? URL.parse(path, `https://${told?.host ?? usualHost}`) : told
  return address?.protocol === 'https:' ? address : undefined
}

async function read(body: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer | 'too_large'> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    // Leaving the loop ends the download: what the sender said of the size need not be true.
    if (size > limit) return 'too_large'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
