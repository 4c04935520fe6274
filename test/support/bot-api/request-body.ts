import type { IncomingMessage } from 'node:http'
import { badRequest } from './bot-api-error.ts'
import { parseMultipart, type Upload } from './multipart.ts'

/** What a method was called with: the fields as they came, and the files that came along. */
export interface Call {
  readonly fields: Readonly<Record<string, unknown>>
  readonly files: ReadonlyMap<string, Upload>
}

const noFiles: ReadonlyMap<string, Upload> = new Map()

/** Reads the parameters of a call from its query, JSON, form or multipart body. */
export async function readCall(request: IncomingMessage, query: URLSearchParams): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const type = request.headers['content-type'] ?? ''
  const inQuery = Object.fromEntries(query)
  if (body.length === 0) return { fields: inQuery, files: noFiles }
  if (type.startsWith('application/json'))
    return { fields: { ...inQuery, ...parseJson(body) }, files: noFiles }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return {
      fields: { ...inQuery, ...Object.fromEntries(new URLSearchParams(body.toString())) },
      files: noFiles,
    }
  }
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(type)
  const { fields, files } = parseMultipart(body, boundary?.[1] ?? boundary?.[2] ?? '')
  return { fields: { ...inQuery, ...fields }, files }
}

function parseJson(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString())
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    throw badRequest("can't parse request body as JSON object")
  }
}
