import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { fill } from '../../language/fill-text.ts'
import { formatDate, formatNumber } from '../../language/format.ts'
import type { PrintedCertificate } from '../../training/certificates/certificate.ts'
import type { CertificateWords } from '../../training/certificates/certificate-words.ts'
import { collectPdf, drawMark, drawQr, type PdfPage, paper } from '../pdf-drawing.ts'
import { writable, writableParts } from './writable.ts'

const { brand, gold, ink, quiet } = paper

type Texts = CertificateWords['pdf']
/** What the parts of the page are drawn from. */
interface Drawing {
  readonly page: PdfPage
  readonly texts: Texts
  readonly printed: PrintedCertificate
  readonly address: string
}

/** A4, lying. */
const width = 841.89
const height = 595.28
const margin = 72
const qrSize = 96
const require = createRequire(import.meta.url)
/** An open font that is put into the file, so that a name is written the same everywhere; the built-in ones know few letters. */
const fonts = {
  regular: require.resolve('@expo-google-fonts/pt-serif/400Regular/PTSerif_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/pt-serif/700Bold/PTSerif_700Bold.ttf'),
  italic: require.resolve('@expo-google-fonts/pt-serif/400Regular_Italic/PTSerif_400Regular_Italic.ttf'),
} as const

/**
 * The certificate: one page A4 lying as PDF, the same bytes for the same certificate. The QR code holds the address only, which is
 * printed beside it.
 */
export async function createCertificatePdf(
  texts: Texts,
  printed: PrintedCertificate,
  address: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const page = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: 0,
    lang: 'id-ID',
    displayTitle: true,
    info: {
      Title: `${texts.title} ${printed.number}`,
      Author: texts.city,
      CreationDate: new Date(`${printed.issuedOn}T00:00:00Z`),
    },
  })
  const bytes = collectPdf(page)
  for (const [name, file] of Object.entries(fonts)) page.registerFont(name, file)
  const drawing = { page, texts, printed, address }
  drawFrame(drawing)
  drawHead(drawing)
  drawPerson(drawing)
  drawCourse(drawing)
  drawIssue(drawing)
  drawProof(drawing)
  page.end()
  return bytes
}

function drawFrame({ page }: Drawing): void {
  page
    .lineWidth(3)
    .rect(26, 26, width - 52, height - 52)
    .stroke(brand)
  page
    .lineWidth(0.8)
    .rect(33, 33, width - 66, height - 66)
    .stroke(gold)
}

function drawHead({ page, texts, printed }: Drawing): void {
  drawMark(page, width / 2 - 24, 54, 48)
  page.fillColor(brand).font('bold')
  writeLine(page, texts.city, 108, 14)
  page.fillColor(quiet).font('regular')
  writeLine(page, writableParts(printed.office), 127, 12)
  page.fillColor(brand).font('bold')
  writeLine(page, texts.title.toUpperCase(), 152, 34, { characterSpacing: 6 })
  page.fillColor(quiet).font('regular')
  writeLine(page, fill(texts.number, { number: printed.number }), 199, 12)
}

function drawPerson({ page, texts, printed }: Drawing): void {
  page.fillColor(quiet).font('italic')
  writeLine(page, texts.given_to, 232, 13)
  const name = writable(printed.name)
  page.fillColor(ink).font(name === undefined ? 'italic' : 'bold')
  writeBlock(page, name ?? texts.unwritten, { y: 252, height: 50, largest: name === undefined ? 15 : 30 })
  page
    .moveTo(width / 2 - 150, 308)
    .lineTo(width / 2 + 150, 308)
    .lineWidth(0.8)
    .stroke(gold)
}

function drawCourse({ page, texts, printed }: Drawing): void {
  page.fillColor(quiet).font('italic')
  writeLine(page, texts.passed, 317, 13)
  page.fillColor(ink).font('bold')
  writeBlock(page, writableParts(printed.course), { y: 338, height: 48, largest: 21 })
  const from = formatDate(printed.startsOn)
  const to = formatDate(printed.endsOn)
  const hours = formatNumber(printed.hours)
  page.fillColor(ink).font('regular')
  writeLine(page, fill(from === to ? texts.one_day : texts.days, { from, to, hours }), 392, 13)
}

function drawIssue({ page, texts, printed }: Drawing): void {
  const column = { width: 320, align: 'right' } as const
  const x = width - margin - column.width
  page.fillColor(ink).font('regular').fontSize(12)
  page.text(fill(texts.issued, { date: formatDate(printed.issuedOn) }), x, 448, column)
  page.font('bold').text(writableParts(printed.office), { ...column, height: 48, ellipsis: true })
  page
    .fillColor(quiet)
    .font('italic')
    .fontSize(10)
    .text(texts.electronic, { ...column, paragraphGap: 2 })
}

function drawProof({ page, texts, address }: Drawing): void {
  const y = height - margin - qrSize + 16
  drawQr(page, address, { x: margin, y: y, size: qrSize })
  const column = { width: 250, lineGap: 2 } as const
  page.fillColor(quiet).font('regular').fontSize(9.5)
  page.text(texts.check, margin + qrSize + 12, y + 20, column)
  // Who has it on a phone cannot scan it: there it is pressed.
  page
    .fillColor(ink)
    .font('regular')
    .fontSize(8.5)
    .text(address, { ...column, link: address })
  page.link(margin, y, qrSize, qrSize, address)
}

/** One line in the middle, smaller where it would be too long. */
function writeLine(
  page: PdfPage,
  text: string,
  y: number,
  size: number,
  more: PDFKit.Mixins.TextOptions = {},
): void {
  const whole = page.fontSize(size).widthOfString(text, more)
  const fitting = Math.min(1, (width - 2 * margin) / whole)
  // What is not broken into lines is not centred by pdfkit.
  page.fontSize(size * fitting)
  page.text(text, (width - whole * fitting) / 2, y, { ...more, lineBreak: false })
}

/** What may be long, in the middle of its room: as large as it fits, in as many lines as that takes. */
function writeBlock(
  page: PdfPage,
  text: string,
  { y, height: room, largest }: { readonly y: number; readonly height: number; readonly largest: number },
): void {
  const column = { width: width - 2 * margin, align: 'center' } as const
  const smallest = 9
  let size = largest
  while (size > smallest && page.fontSize(size).heightOfString(text, column) > room) size -= 1
  const used = Math.min(room, page.fontSize(size).heightOfString(text, column))
  page.text(text, margin, y + (room - used) / 2, { ...column, height: room + 1, ellipsis: true })
}
