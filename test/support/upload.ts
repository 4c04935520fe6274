import { request } from 'node:http'
import { crc32, deflateRawSync } from 'node:zlib'

/** One part of a form: a field, or a file. */
export type FormPart =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly fileName: string; readonly content: string | Uint8Array }

const boundary = 'lopo-test-boundary'

/** What a browser would send for these parts. */
export function formBody(parts: readonly FormPart[]): Buffer {
  const written = parts.map((part) => {
    const file = 'fileName' in part ? `; filename="${part.fileName}"\r\nContent-Type: text/csv` : ''
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"${file}\r\n\r\n`
    const content = 'fileName' in part ? Buffer.from(part.content) : Buffer.from(part.value)
    return Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n')])
  })
  return Buffer.concat([...written, Buffer.from(`--${boundary}--\r\n`)])
}

/** How a form is sent. */
export interface Sending {
  readonly headers?: Readonly<Record<string, string>>
  /** Without telling its length beforehand. */
  readonly chunked?: boolean
  /** Only so many bytes, and then, once `cutWhen` has resolved, the line is cut. */
  readonly cutAfter?: number
  readonly cutWhen?: () => Promise<void>
}

/** An answer, or `cut` when the line broke before one came. */
export interface Answer {
  readonly status: number | 'cut'
  readonly location: string | undefined
  readonly text: string
}

/** Posts a form over real HTTP. */
export function postForm(url: string, body: Buffer, sending: Sending = {}): Promise<Answer> {
  const { headers = {}, chunked = false, cutAfter, cutWhen } = sending
  // Without a word on it the client would tell the length all the same.
  const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(body.length) }
  const type = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  return new Promise((resolve, reject) => {
    const cut = () => resolve({ status: 'cut', location: undefined, text: '' })
    // A line of its own: one that the server cut short is of no use to the next.
    const options = { method: 'POST', agent: false, headers: { ...type, ...length, ...headers } }
    const sent = request(url, options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('error', cut)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, location: response.headers.location, text }),
      )
    })
    sent.on('error', cut)
    if (cutAfter === undefined) sent.end(body)
    else {
      sent.write(body.subarray(0, cutAfter))
      cutWhen?.().then(() => sent.destroy(new Error('cut')), reject)
    }
  })
}

/** A zip archive of one deflated entry; `declared` is what it says the entry unpacks to, and may be a lie. */
export function zipOf(name: string, content: Uint8Array, declared = content.length): Buffer {
  const data = deflateRawSync(content)
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(8, 4)
  common.writeUInt32LE(crc32(content), 10)
  common.writeUInt32LE(data.length, 14)
  common.writeUInt32LE(declared, 18)
  common.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), data])
  const entry = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    common,
    Buffer.alloc(14),
    Buffer.from(name),
  ])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, entry, end])
}
