import { type Api, GrammyError } from 'grammy'
import type { Address, Media } from './channel.ts'
import { contentMime } from './content-mime.ts'
import { TelegramFailure } from './telegram-failure.ts'
import { maximumFileSize, type RemoteFile } from './telegram-message.ts'

/** A file with its content, as the media store takes and gives it. */
export interface TelegramFile {
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly name?: string
}

/**
 * Where files are kept: `save` resolves once the file is durable, or with `too_much` when the chat has sent its share for
 * today; `read` is undefined when the file is gone.
 */
export interface TelegramMedia {
  save(file: TelegramFile, owner: Address): Promise<Media | 'too_much'>
  read(id: string): Promise<TelegramFile | undefined>
}

/** What downloading needs. */
export interface DownloadDeps {
  readonly api: Api
  /** The address that file paths are appended to. It holds the token, so it must never be told. */
  readonly fileRoot: string
  readonly callTimeout: number
}

/**
 * Downloads a file that a person sent. Answers what is wrong with one that Telegram will not give or that is too
 * large; rejects when trying again may help.
 */
export async function downloadFile(
  deps: DownloadDeps,
  file: RemoteFile,
): Promise<TelegramFile | 'too_large' | 'other'> {
  const path = await findPath(deps.api, file.fileId)
  if (typeof path === 'string') return path
  const bytes = await download(deps, path.path)
  if (typeof bytes === 'string') return bytes
  const named = file.name === undefined ? {} : { name: file.name }
  return { mime: contentMime(bytes), bytes, ...named }
}

async function findPath(api: Api, fileId: string): Promise<{ path: string } | 'too_large' | 'other'> {
  try {
    const found = await api.getFile(fileId)
    if ((found.file_size ?? 0) > maximumFileSize) return 'too_large'
    return found.file_path === undefined ? 'other' : { path: found.file_path }
  } catch (error) {
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error
    return /too big/i.test(error.description) ? 'too_large' : 'other'
  }
}

async function download(
  deps: DownloadDeps,
  path: string,
): Promise<Uint8Array<ArrayBuffer> | 'too_large' | 'other'> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    const signal = AbortSignal.timeout(deps.callTimeout * 1_000)
    const response = await fetch(`${deps.fileRoot}/${path}`, { signal })
    if (response.status === 404 || response.status === 400) return 'other'
    if (!response.ok || response.body === null) throw new Error(String(response.status))
    for await (const chunk of response.body) {
      size += chunk.length
      if (size > maximumFileSize) return 'too_large'
      chunks.push(chunk)
    }
  } catch {
    // The error itself may name the address, and so the token.
    throw new TelegramFailure('a file was not downloaded')
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
