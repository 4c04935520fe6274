import PDFDocument from 'pdfkit'
import { encode } from 'uqr'
import { formatClaimCode } from '../../../language/claim-code.ts'
import { fill } from '../../../language/fill-text.ts'
import { dayInWita, formatDate, isoDay } from '../../../language/format.ts'
import { markPaths } from '../../mark.ts'
import type { ListTexts } from '../lists/list-texts.ts'

/** What a letter tells. */
export interface Letter {
  readonly texts: ListTexts['letter']
  readonly code: string
  readonly expiresAt: Date
  /** Where the bot is: printed, and drawn as a QR code. */
  readonly address: string
  readonly date: Date
}

type Page = PDFKit.PDFDocument

const brand = '#6d2a1b'
const ink = '#1d1b19'
const quiet = '#5d5650'
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
  const bytes = collect(page)
  drawHead(page, letter)
  drawWords(page, letter)
  drawCode(page, letter)
  drawSteps(page, letter)
  drawFoot(page, letter)
  page.end()
  return bytes
}

async function collect(page: Page): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of page) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function drawHead(page: Page, { texts, date }: Letter): void {
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

function drawMark(page: Page, x: number, y: number, size: number): void {
  const { roof, thatch, posts, floor } = markPaths
  page
    .save()
    .translate(x, y)
    .scale(size / 40)
  page.path(roof).fill(brand)
  page.lineCap('round').lineWidth(1.5).path(thatch).stroke('#ffffff')
  page.lineCap('butt').lineWidth(2.4).path(posts).stroke(brand)
  page.lineCap('round').lineWidth(2.6).path(floor).stroke(brand)
  page.restore()
}

function drawWords(page: Page, { texts }: Letter): void {
  page.x = margin
  page.fillColor(ink).font(bold).fontSize(18).text(texts.title)
  page.moveDown(0.7).font(regular).fontSize(11.5)
  for (const paragraph of texts.body) page.text(paragraph, { lineGap: 3 }).moveDown(0.6)
}

/** Large, in groups, and in a fixed pitch: no character may be taken for another. */
function drawCode(page: Page, { texts, code, expiresAt }: Letter): void {
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

function drawSteps(page: Page, { texts, address }: Letter): void {
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
  drawQr(page, address, page.page.width - margin - qrSize, top)
  page.y = Math.max(page.y, top + qrSize) + 24
}

function drawQr(page: Page, text: string, x: number, y: number): void {
  const { data, size } = encode(text, { border: 2, ecc: 'M' })
  const cell = qrSize / size
  for (const [row, cells] of data.entries()) {
    for (const [column, dark] of cells.entries()) {
      if (dark) page.rect(x + column * cell, y + row * cell, cell, cell)
    }
  }
  page.fill('#000000')
}

function drawFoot(page: Page, { texts }: Letter): void {
  page.x = margin
  const width = widthOf(page)
  page.fillColor(ink).font(regular).fontSize(11.5).text(texts.keep, { width, lineGap: 2 })
  page.moveDown(0.5).font(bold).text(texts.safe, { width })
}

function widthOf(page: Page): number {
  return page.page.width - 2 * margin
}
