import PDFDocument from 'pdfkit'
import { formatClaimCode } from '../../../language/claim-code.ts'
import { fill } from '../../../language/fill-text.ts'
import { dayInWita, formatDate, isoDay } from '../../../language/format.ts'
import { collectPdf, drawMark, drawQr, type PdfPage, paper } from '../../pdf-drawing.ts'
import type { ListTexts } from '../lists/list-texts.ts'

const { brand, ink, quiet } = paper

/** What a letter tells. */
export interface Letter {
  readonly texts: ListTexts['letter']
  readonly code: string
  readonly expiresAt: Date
  /** Where the bot is: printed, and drawn as a QR code. */
  readonly address: string
  readonly date: Date
}

const margin = 64
const qrSize = 132
const regular = 'Helvetica'
const bold = 'Helvetica-Bold'

/** The letter with a claim code: one page A4 as PDF, the same bytes for the same letter. The QR code holds the address only. */
export async function createLetter(letter: Letter): Promise<Uint8Array> {
  const { texts, date } = letter
  const page = new PDFDocument({
    size: 'A4',
    margin,
    lang: 'id-ID',
    displayTitle: true,
    info: { Title: texts.title, Author: texts.office, CreationDate: date },
  })
  const bytes = collectPdf(page)
  drawHead(page, letter)
  drawWords(page, letter)
  drawCode(page, letter)
  drawSteps(page, letter)
  drawFoot(page, letter)
  page.end()
  return bytes
}

function drawHead(page: PdfPage, { texts, date }: Letter): void {
  drawMark(page, margin, margin - 8, 44)
  page.fillColor(brand).font(bold).fontSize(14)
  page.text(texts.service, margin + 58, margin)
  page.fillColor(quiet).font(regular).fontSize(10.5).text(texts.office)
  const right = { width: widthOf(page), align: 'right' } as const
  page.text(formatDate(isoDay(dayInWita(date))), margin, margin + 3, right)
  const y = margin + 48
  page
    .moveTo(margin, y)
    .lineTo(page.page.width - margin, y)
    .lineWidth(1.2)
    .stroke(brand)
  page.y = y + 30
}

function drawWords(page: PdfPage, { texts }: Letter): void {
  page.x = margin
  page.fillColor(ink).font(bold).fontSize(18).text(texts.title)
  page.moveDown(0.7).font(regular).fontSize(11.5)
  for (const paragraph of texts.body) page.text(paragraph, { lineGap: 3 }).moveDown(0.6)
}

/** Large, in groups, and in a fixed pitch: no character may be taken for another. */
function drawCode(page: PdfPage, { texts, code, expiresAt }: Letter): void {
  const y = page.y + 6
  const height = 112
  const width = widthOf(page)
  page.roundedRect(margin, y, width, height, 8).lineWidth(1.2).fillAndStroke('#fbf4ea', brand)
  const centre = { width, align: 'center' } as const
  page
    .fillColor(quiet)
    .font(regular)
    .fontSize(11)
    .text(texts.code, margin, y + 14, centre)
  page.fillColor(ink).font('Courier-Bold').fontSize(40)
  page.text(formatClaimCode(code), margin, y + 32, { ...centre, characterSpacing: 3 })
  const until = formatDate(isoDay(dayInWita(expiresAt)))
  page.fillColor(quiet).font(regular).fontSize(11)
  page.text(fill(texts.until, { until }), margin, y + 84, centre)
  page.y = y + height + 30
}

function drawSteps(page: PdfPage, { texts, address }: Letter): void {
  const top = page.y
  const width = widthOf(page) - qrSize - 28
  page.x = margin
  page.fillColor(ink).font(bold).fontSize(13).text(texts.how, { width })
  page.moveDown(0.5).font(regular).fontSize(11.5)
  texts.steps.forEach((step, at) => {
    const { y } = page
    page.font(bold).text(`${at + 1}.`, margin, y, { width: 18 })
    page.font(regular).text(fill(step, { address }), margin + 20, y, { width: width - 20, lineGap: 2 })
    page.moveDown(0.4)
  })
  drawQr(page, address, { x: page.page.width - margin - qrSize, y: top, size: qrSize })
  page.y = Math.max(page.y, top + qrSize) + 24
}

function drawFoot(page: PdfPage, { texts }: Letter): void {
  page.x = margin
  const width = widthOf(page)
  page.fillColor(ink).font(regular).fontSize(11.5).text(texts.keep, { width, lineGap: 2 })
  page.moveDown(0.5).font(bold).text(texts.safe, { width })
}

function widthOf(page: PdfPage): number {
  return page.page.width - 2 * margin
}
