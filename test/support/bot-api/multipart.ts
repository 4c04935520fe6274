/** A file that came with a request. */
export interface Upload {
  readonly name: string
  readonly bytes: Buffer
}

/** The fields and files of a multipart body. */
export interface MultipartBody {
  readonly fields: Record<string, string>
  readonly files: Map<string, Upload>
}

/** Reads `multipart/form-data`. File names may be unquoted, as grammY writes them. */
export function parseMultipart(body: Buffer, boundary: string): MultipartBody {
  const fields: Record<string, string> = {}
  const files = new Map<string, Upload>()
  for (const part of splitParts(body, boundary)) {
    const end = part.indexOf('\r\n\r\n')
    if (end < 0) continue
    const head = part.subarray(0, end).toString()
    const content = part.subarray(end + 4)
    const name = headParameter(head, 'name')
    const fileName = headParameter(head, 'filename')
    if (name === undefined) continue
    if (fileName === undefined) fields[name] = content.toString()
    else files.set(name, { name: fileName, bytes: Buffer.from(content) })
  }
  return { fields, files }
}

function splitParts(body: Buffer, boundary: string): Buffer[] {
  const parts: Buffer[] = []
  const mark = Buffer.from(`--${boundary}`)
  let from = body.indexOf(mark)
  while (from >= 0) {
    const start = from + mark.length + 2
    const next = body.indexOf(`\r\n--${boundary}`, start)
    if (next < 0) break
    parts.push(body.subarray(start, next))
    from = next + 2
  }
  return parts
}

function headParameter(head: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\r\\n]*))`, 'i').exec(head)
  return match?.[1] ?? match?.[2]
}
