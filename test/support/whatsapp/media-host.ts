import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getMediaKeys, type MediaType } from '@whiskeysockets/baileys'
import { need } from './stanza.ts'

/** Where a file lies and how it is sealed, as messages tell it. */
export interface MediaReference {
  readonly url: string
  readonly directPath: string
  readonly mediaKey: Uint8Array
  readonly fileSha256: Uint8Array
  readonly fileEncSha256: Uint8Array
  readonly fileLength: number
  readonly mediaKeyTimestamp: number
}

/** How a download or an upload goes wrong. */
export type MediaFault = { readonly status: number } | 'hang' | 'cut'

/** The files that messages speak of, sealed as WhatsApp seals them, behind https. */
export interface MediaHost {
  /** `127.0.0.1:PORT`, once it listens. */
  hostname: string
  /** Seals and keeps a file that a phone sends. */
  put(bytes: Uint8Array, type: MediaType): Promise<MediaReference>
  /** Opens a file that the client uploaded. */
  open(reference: MediaPointer, type: MediaType): Promise<Buffer>
  /** A file that the client uploaded unsealed. */
  read(reference: MediaPointer): Buffer
  /** Makes transfers go wrong, `times` of them or all; answers how to lift it. */
  fail(direction: 'upload' | 'download', fault: MediaFault, times?: number): () => void
  readonly uploads: () => number
  readonly downloads: () => number
  serve(request: IncomingMessage, response: ServerResponse): void
}

/** As much of a media message as it takes to open its file. */
export interface MediaPointer {
  readonly directPath?: string | null | undefined
  readonly mediaKey?: Uint8Array | null | undefined
}

/** Keeps files in memory; `remember` is how many of the newest. */
export function createMediaHost(onChange: () => void, remember = 500): MediaHost {
  const files = new Map<string, Buffer>()
  const faults = new Set<{ direction: 'upload' | 'download'; fault: MediaFault; left: number }>()
  const counts = { upload: 0, download: 0 }

  function keep(name: string, sealed: Buffer): string {
    files.set(name, sealed)
    const [oldest] = files.keys()
    if (files.size > remember && oldest !== undefined) files.delete(oldest)
    return `/m/${name}`
  }

  function strike(direction: 'upload' | 'download'): MediaFault | undefined {
    for (const entry of faults) {
      if (entry.direction !== direction) continue
      entry.left -= 1
      if (entry.left <= 0) faults.delete(entry)
      return entry.fault
    }
    return undefined
  }

  const host: MediaHost = {
    hostname: '',
    async put(bytes, type) {
      const mediaKey = randomBytes(32)
      const sealed = await seal(bytes, mediaKey, type)
      const directPath = keep(randomBytes(16).toString('hex'), sealed)
      return {
        url: `https://${host.hostname}${directPath}`,
        directPath,
        mediaKey,
        fileSha256: sha256(bytes),
        fileEncSha256: sha256(sealed),
        fileLength: bytes.length,
        mediaKeyTimestamp: Math.floor(Date.now() / 1_000),
      }
    },
    async open(reference, type) {
      return unseal(host.read(reference), need(reference.mediaKey, 'media key'), type)
    },
    read({ directPath }) {
      const name = need(directPath, 'direct path')
        .replace(/^\/m\//, '')
        .replace(/\?.*$/, '')
      return need(files.get(name), `uploaded file ${name}`)
    },
    fail(direction, fault, times = Number.POSITIVE_INFINITY) {
      const entry = { direction, fault, left: times }
      faults.add(entry)
      return () => faults.delete(entry)
    },
    uploads: () => counts.upload,
    downloads: () => counts.download,
    serve(request, response) {
      const direction = request.method === 'POST' ? 'upload' : 'download'
      counts[direction] += 1
      onChange()
      const fault = strike(direction)
      if (fault !== undefined) return goWrong(fault, request, response)
      if (direction === 'download') return download(files, request, response)
      const { pathname } = new URL(request.url ?? '/', 'https://127.0.0.1')
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const directPath = keep(pathname.split('/').at(-1) ?? '', Buffer.concat(chunks))
        const url = `https://${host.hostname}${directPath}`
        response.end(JSON.stringify({ url, direct_path: directPath }))
        onChange()
      })
    },
  }
  return host
}

function goWrong(fault: MediaFault, request: IncomingMessage, response: ServerResponse): void {
  request.resume()
  if (fault === 'hang') return
  if (fault === 'cut') response.socket?.destroy()
  else response.writeHead(fault.status).end()
}

function download(files: ReadonlyMap<string, Buffer>, request: IncomingMessage, response: ServerResponse) {
  const name = /^\/m\/([^?]+)/.exec(request.url ?? '')?.[1]
  const file = name === undefined ? undefined : files.get(name)
  if (file === undefined) response.writeHead(404).end()
  else response.writeHead(200, { 'content-length': file.length }).end(file)
}

async function keysOf(mediaKey: Uint8Array, type: MediaType) {
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, type)
  return { iv, cipherKey, macKey: need(macKey, 'mac key') }
}

async function seal(bytes: Uint8Array, mediaKey: Uint8Array, type: MediaType): Promise<Buffer> {
  const { iv, cipherKey, macKey } = await keysOf(mediaKey, type)
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv)
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  const mac = createHmac('sha256', macKey).update(iv).update(body).digest().subarray(0, 10)
  return Buffer.concat([body, mac])
}

async function unseal(sealed: Buffer, mediaKey: Uint8Array, type: MediaType): Promise<Buffer> {
  const { iv, cipherKey, macKey } = await keysOf(mediaKey, type)
  const body = sealed.subarray(0, -10)
  const mac = createHmac('sha256', macKey).update(iv).update(body).digest().subarray(0, 10)
  if (!mac.equals(sealed.subarray(-10))) throw new Error('the file was sealed with another key')
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
  return Buffer.concat([decipher.update(body), decipher.final()])
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
