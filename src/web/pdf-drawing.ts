import { encode } from 'uqr'
import { markPaths } from './mark.ts'

/** A PDF in the making. */
export type PdfPage = PDFKit.PDFDocument

/** The colours that papers of the city have. */
export const paper = { brand: '#6d2a1b', gold: '#d99a3d', ink: '#1d1b19', quiet: '#5d5650' } as const

/** The bytes of a document, once it is ended; to be called before anything is drawn. */
export async function collectPdf(page: PdfPage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of page) chunks.push(Buffer.from(chunk))
  return new Uint8Array(Buffer.concat(chunks))
}

/** The city's mark, as high and as wide as `size` points. */
export function drawMark(page: PdfPage, x: number, y: number, size: number): void {
  const { roof, thatch, posts, floor } = markPaths
  page
    .save()
    .translate(x, y)
    .scale(size / 40)
  page.path(roof).fill(paper.brand)
  page.lineCap('round').lineWidth(1.5).path(thatch).stroke('#ffffff')
  page.lineCap('butt').lineWidth(2.4).path(posts).stroke(paper.brand)
  page.lineCap('round').lineWidth(2.6).path(floor).stroke(paper.brand)
  page.restore()
}

/** A text as a QR code, as high and as wide as `size` points with the white border around it. */
export function drawQr(
  page: PdfPage,
  text: string,
  at: { readonly x: number; readonly y: number; readonly size: number },
): void {
  const { data, size } = encode(text, { border: 2, ecc: 'M' })
  const cell = at.size / size
  for (const [row, cells] of data.entries()) {
    for (const [column, dark] of cells.entries()) {
      if (dark) page.rect(at.x + column * cell, at.y + row * cell, cell, cell)
    }
  }
  page.fill('#000000')
}
