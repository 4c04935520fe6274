/** A file as it is kept. */
interface KeptFile {
  readonly mime: string
  readonly bytes: Uint8Array
  readonly name: string | undefined
}

const shownImages: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']
const savedDocuments: readonly string[] = ['application/pdf']
const document =
  '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="160" viewBox="0 0 160 160"><rect width="160" height="160" rx="12" fill="#eedfc4"/><path d="M48 28h44l24 24v80H48z" fill="#fffdf8" stroke="#665345" stroke-width="4"/><path d="M92 28v24h24M60 76h44M60 92h44M60 108h28" fill="none" stroke="#665345" stroke-width="4"/></svg>'

/**
 * The answer with a resident's file. Only a picture of a known kind is shown; all else is saved, as bytes of no kind unless it
 * is a PDF. It can run nothing and load nothing. `asThumbnail`: a drawing stands for what is no picture.
 */
export function mediaResponse(file: KeptFile, asThumbnail: boolean): Response {
  const isImage = shownImages.includes(file.mime)
  if (asThumbnail && !isImage) return answer(document, 'image/svg+xml', 'inline')
  const mime = isImage || savedDocuments.includes(file.mime) ? file.mime : 'application/octet-stream'
  return answer(
    new Uint8Array(file.bytes),
    mime,
    isImage ? 'inline' : `attachment; filename*=UTF-8''${fileName(file)}`,
  )
}

function answer(body: string | Uint8Array<ArrayBuffer>, mime: string, disposition: string): Response {
  return new Response(body, {
    headers: {
      'Content-Type': mime,
      'Content-Disposition': disposition,
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
  })
}

function fileName({ name, mime }: KeptFile): string {
  // Control characters and what turns the direction of writing can make a name look like another kind of file.
  const plain = (name ?? '').replace(/[\p{C}/\\]/gu, '').slice(0, 100)
  const known = plain === '' ? `lampiran${mime === 'application/pdf' ? '.pdf' : ''}` : plain
  return encodeURIComponent(known).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
