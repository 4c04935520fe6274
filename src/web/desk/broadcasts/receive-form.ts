import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import type { DeskVisit } from '../desk-route.ts'
import type { FormFields } from '../trainings/form-fields.ts'
import { mostFileBytes } from './media-kind.ts'

/** Bytes of the form around its file. */
const mostAround = 256 * 1024

/** Bytes of the largest form that is read to its end, so that one with too large a file keeps all that was typed. */
export const mostFormBytes = 3 * mostFileBytes + mostAround

/** What a form brought: its fields, and its file where it has one. */
export interface ReceivedForm {
  readonly fields: FormFields
  readonly file:
    | { readonly type: 'file'; readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string }
    | { readonly type: 'none' | 'file_large' | 'file_broken' }
}

/** Reads a form with or without a file; a file that is too large is not kept while it comes in, and the fields are read all the same. */
export async function receiveForm(visit: DeskVisit): Promise<ReceivedForm> {
  const { req } = visit.context
  const type = req.header('content-type') ?? ''
  const { body } = req.raw
  if (body === null || !/^multipart\/form-data;.*boundary=/i.test(type))
    return { fields: await visit.fields(), file: { type: 'none' } }
  const fields: Record<string, string> = {}
  const pieces: Buffer[] = []
  let [isCut, name] = [false, '']
  const parser = new Busboy({
    headers: { 'content-type': type },
    limits: { files: 1, fileSize: mostFileBytes, fields: 300, fieldSize: 16_000 },
  })
  parser.on('field', (field, value) => {
    fields[field] = value
  })
  parser.on('file', (_, stream: BusboyFileStream, fileName) => {
    name = fileName ?? ''
    stream.on('data', (piece: Buffer) => void pieces.push(piece))
    stream.on('limit', () => {
      isCut = true
      pieces.length = 0
    })
  })
  try {
    await pipeline(Readable.fromWeb(body), upTo(mostFormBytes), parser)
  } catch {
    return { fields, file: { type: 'file_broken' } }
  }
  if (isCut) return { fields, file: { type: 'file_large' } }
  const bytes = new Uint8Array(Buffer.concat(pieces))
  return { fields, file: bytes.length === 0 ? { type: 'none' } : { type: 'file', bytes, name: plain(name) } }
}

/** Whoever sends in pieces may go on for ever. */
function upTo(most: number) {
  return async function* (pieces: AsyncIterable<Uint8Array>) {
    let size = 0
    for await (const piece of pieces) {
      size += piece.length
      if (size > most) throw new Error('the form is too large')
      yield piece
    }
  }
}

function plain(name: string): string {
  return name.replaceAll(/[\p{C}/\\]/gu, '').slice(0, 100)
}
