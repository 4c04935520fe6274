import PDFDocument from 'pdfkit'
import { fill } from '../../../language/fill-text.ts'
import { dayInWita, formatDate, isoDay } from '../../../language/format.ts'
import {
  formatInvitationCode,
  invitationWords,
  type MadeInvitation,
} from '../../../marketplace/invitation/invitation.ts'
import { collectPdf, drawMark, drawQr, type PdfPage, paper } from '../../pdf-drawing.ts'
import type { MarketImportTexts } from './market-import-texts.ts'

const { brand, ink, quiet } = paper

/** What letters tell. */
export interface InvitationLetters {
  readonly texts: MarketImportTexts['letter']
  readonly invitations: readonly MadeInvitation[]
  /** Links into the chats with the bot, with the words that begin with the code. */
  readonly linksOf: (words: string) => readonly { readonly label: string; readonly url: string }[]
  /** Where the bot is without such a link. */
  readonly address: string
  readonly date: Date
}

const margin = 64
const qrSize = 156
const regular = 'Helvetica'
const bold = 'Helvetica-Bold'

/** The letters with invitations: one page A4 for each shop, as PDF. Each QR code holds a link with the words that begin. */
export async function createInvitationLetters(letters: InvitationLetters): Promise<Uint8Array<ArrayBuffer>> {
  const { texts, invitations, date } = letters
  const page = new PDFDocument({
    ...{ size: 'A4', margin, lang: 'id-ID', displayTitle: true, autoFirstPage: false },
    info: { Title: texts.title, Author: texts.office, CreationDate: date },
  })
  const bytes = collectPdf(page)
  for (const invitation of invitations) {
    page.addPage()
    drawHead(page, letters)
    drawShop(page, texts, invitation)
    drawCode(page, texts, invitation)
    drawSteps(page, letters, invitation)
    drawFoot(page, texts)
  }
  page.end()
  return bytes
}

function drawHead(page: PdfPage, { texts, date }: InvitationLetters): void {
  drawMark(page, margin, margin - 8, 44)
  page
    .fillColor(brand)
    .font(bold)
    .fontSize(14)
    .text(texts.service, margin + 58, margin)
  page.fillColor(quiet).font(regular).fontSize(10.5).text(texts.office)
  const right = { width: widthOf(page), align: 'right' } as const
  page.text(formatDate(isoDay(dayInWita(date))), margin, margin + 3, right)
  const y = margin + 48
  page
    .moveTo(margin, y)
    .lineTo(page.page.width - margin, y)
    .lineWidth(1.2)
    .stroke(brand)
  page.y = y + 26
}

function drawShop(
  page: PdfPage,
  texts: InvitationLetters['texts'],
  { shop, kelurahan }: MadeInvitation,
): void {
  page.x = margin
  page.fillColor(quiet).font(regular).fontSize(12).text(texts.title)
  // A name of 80 letters has two lines, never more.
  page
    .fillColor(ink)
    .font(bold)
    .fontSize(20)
    .text(written(fill(texts.shop, { shop })), { height: 50, ellipsis: true })
  page.fillColor(quiet).font(regular).fontSize(12).text(fill(texts.place, { kelurahan }))
  page.moveDown(0.8).fillColor(ink).fontSize(11.5)
  for (const paragraph of texts.body) page.text(paragraph, { lineGap: 3 }).moveDown(0.5)
}

/** Large, in groups, and in a fixed pitch: no digit may be taken for another. */
function drawCode(
  page: PdfPage,
  texts: InvitationLetters['texts'],
  { code, expiresAt }: MadeInvitation,
): void {
  const [y, height, width] = [page.y + 4, 108, widthOf(page)]
  page.roundedRect(margin, y, width, height, 8).lineWidth(1.2).fillAndStroke('#fbf4ea', brand)
  const centre = { width, align: 'center' } as const
  page.fillColor(quiet).font(regular).fontSize(11)
  page.text(texts.code, margin, y + 14, centre)
  page.fillColor(ink).font('Courier-Bold').fontSize(40)
  page.text(formatInvitationCode(code), margin, y + 30, { ...centre, characterSpacing: 3 })
  page.fillColor(quiet).font(regular).fontSize(11)
  page.text(fill(texts.until, { until: formatDate(isoDay(dayInWita(expiresAt))) }), margin, y + 82, centre)
  page.y = y + height + 24
}

function drawSteps(
  page: PdfPage,
  { texts, linksOf, address }: InvitationLetters,
  { code }: MadeInvitation,
): void {
  const words = invitationWords(formatInvitationCode(code))
  const links = linksOf(invitationWords(code)).slice(0, 2)
  const codes = links.length === 0 ? [{ label: '', url: address }] : links
  page.x = margin
  page.fillColor(ink).font(bold).fontSize(13).text(texts.how).moveDown(0.4)
  page.font(regular).fontSize(11.5)
  for (const [index, step] of texts.steps.entries()) {
    page.text(`${index + 1}. ${fill(step, { address, words })}`, { lineGap: 3 }).moveDown(0.2)
  }
  const top = page.y + 10
  for (const [index, { label, url }] of codes.entries()) {
    const x = margin + index * (qrSize + 48)
    drawQr(page, url, { x, y: top, size: qrSize })
    const under = { width: qrSize, align: 'center' } as const
    page.fillColor(quiet).font(regular).fontSize(11)
    page.text(label, x, top + qrSize + 2, under)
  }
}

function drawFoot(page: PdfPage, texts: InvitationLetters['texts']): void {
  page.fillColor(quiet).font(regular).fontSize(10)
  page.text(texts.safe, margin, page.page.height - margin - 40, { width: widthOf(page), height: 36 })
}

function widthOf(page: PdfPage): number {
  return page.page.width - 2 * margin
}

/** The standard fonts have Latin letters only. */
function written(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[^\u0020-\u00ff\u2018-\u201d]/g, '')
    .replaceAll(/[‘’]/g, "'")
    .trim()
}
