import PDFDocument from 'pdfkit'
import { fill } from '../../../language/fill-text.ts'
import { dayInWita, formatDate, isoDay } from '../../../language/format.ts'
import type { Session } from '../../../training/course.ts'
import { writeMoment } from '../../../training/plan/plan-times.ts'
import { collectPdf, type PdfPage, paper } from '../../pdf-drawing.ts'
import { printable } from './printable.ts'
import type { TrainingFileTexts } from './training-file-texts.ts'

const { ink, quiet } = paper

/** What an attendance sheet is drawn from. */
export interface AttendanceSheet {
  readonly texts: TrainingFileTexts['attendance']
  readonly title: string
  /** As people read it. */
  readonly office: string
  readonly place: string
  readonly sessions: readonly Pick<Session, 'startsAt' | 'endsAt' | 'place'>[]
  /** In the order of the sheet. */
  readonly names: readonly string[]
  /** When it is printed. */
  readonly date: Date
}

const shade = '#f3ede4'
const margin = 36
const regular = 'Helvetica'
const bold = 'Helvetica-Bold'
const smallest = 7.5
const sessionsAPage = 8
const headHeight = 60
const headingHeight = 46
/** Twenty people, as many as a class has, on one page. */
const rowHeight = 20
const footHeight = 16
const numberWidth = 28
const nameWidth = 190

/** One page: some people and some sessions. */
interface Part {
  readonly sessions: AttendanceSheet['sessions']
  /** The place of the first session, from 1. */
  readonly firstSession: number
  readonly names: readonly string[]
  readonly firstName: number
}

/**
 * The sheet as PDF, A4 on its side: everybody with a box to sign for each session, at most eight sessions a page. Every page has the
 * heading and its number.
 */
export async function createAttendanceSheet(sheet: AttendanceSheet): Promise<Uint8Array> {
  const { texts, title, office, date } = sheet
  const page = new PDFDocument({
    ...{ size: 'A4', layout: 'landscape', lang: 'id-ID', displayTitle: true, autoFirstPage: false },
    // The foot is drawn below what the library thinks is the end of the page.
    margins: { top: margin, left: margin, right: margin, bottom: 0 },
    info: { Title: `${texts.title}: ${title}`, Author: office, CreationDate: date },
  })
  const bytes = collectPdf(page)
  const parts = partsOf(sheet)
  for (const [at, part] of parts.entries()) {
    page.addPage()
    drawHead(page, sheet, part)
    drawTable(page, sheet, part)
    drawFoot(page, sheet, { page: at + 1, pages: parts.length })
  }
  page.end()
  return bytes
}

/** The pages: all people for the first sessions, then all for the next. */
function partsOf({ sessions, names }: AttendanceSheet): readonly Part[] {
  const height = 595.28 - 2 * margin - headHeight - headingHeight - footHeight
  const namesAPage = Math.floor(height / rowHeight)
  return chunks(sessions, sessionsAPage).flatMap((some, at) =>
    chunks(names, namesAPage).map((people, turn) => ({
      ...{ sessions: some, firstSession: at * sessionsAPage + 1 },
      ...{ names: people, firstName: turn * namesAPage + 1 },
    })),
  )
}

/** At least one, which may be empty. */
function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.max(1, Math.ceil(list.length / size))
  return Array.from({ length: count }, (_, at) => list.slice(at * size, (at + 1) * size))
}

function drawHead(
  page: PdfPage,
  { texts, title, office, place, sessions }: AttendanceSheet,
  part: Part,
): void {
  const last = part.firstSession + part.sessions.length - 1
  const facts = [
    `${texts.place}: ${place}`,
    `${texts.sessions}: ${part.firstSession}–${last} / ${sessions.length}`,
  ]
  page.fillColor(ink)
  line(page, `${texts.title}: ${title}`, { font: bold, size: 15, y: margin })
  line(page, office, { font: regular, size: 10.5, y: margin + 22 })
  page.fillColor(quiet)
  line(page, facts.join(' · '), { font: regular, size: 10.5, y: margin + 38 })
}

function drawTable(page: PdfPage, sheet: AttendanceSheet, part: Part): void {
  const top = margin + headHeight
  const widths = widthsOf(page, part)
  drawHeading(page, sheet, part, widths)
  page.fillColor(ink).lineWidth(0.6)
  for (const [at, name] of part.names.entries()) {
    const y = top + headingHeight + at * rowHeight
    drawBoxes(page, widths, y, rowHeight)
    cell(page, String(part.firstName + at), { x: margin, width: numberWidth, y: y + 6, size: 10 })
    cell(page, name, { x: margin + numberWidth, width: nameWidth, y: y + 6, size: 10 })
  }
  if (part.names.length > 0) return
  line(page, sheet.texts.nobody, { font: regular, size: 10.5, y: top + headingHeight + 10 })
}

function widthsOf(page: PdfPage, { sessions }: Part): readonly number[] {
  const left = page.page.width - 2 * margin - numberWidth - nameWidth
  // A lone session leaves no box as wide as the page.
  const width = Math.min(left / Math.max(1, sessions.length), 160)
  return [numberWidth, nameWidth, ...sessions.map(() => width)]
}

function drawHeading(
  page: PdfPage,
  { texts, place }: AttendanceSheet,
  part: Part,
  widths: readonly number[],
): void {
  const y = margin + headHeight
  page
    .rect(
      margin,
      y,
      widths.reduce((sum, width) => sum + width, 0),
      headingHeight,
    )
    .fill(shade)
  drawBoxes(page, widths, y, headingHeight)
  page.fillColor(ink)
  cell(page, texts.number, { x: margin, width: numberWidth, y: y + 5, size: 9, font: bold })
  cell(page, texts.name, { x: margin + numberWidth, width: nameWidth, y: y + 5, size: 9, font: bold })
  let x = margin + numberWidth + nameWidth
  for (const [at, session] of part.sessions.entries()) {
    const width = widths[at + 2] ?? 0
    const { clock } = writeMoment(session.startsAt)
    const lines = [
      fill(texts.session, { place: part.firstSession + at }),
      formatDate(isoDay(dayInWita(session.startsAt))),
      `${clock}-${writeMoment(session.endsAt).clock}`,
    ]
    for (const [row, text] of lines.entries()) {
      cell(page, text, { x, width, y: y + 4 + row * 11, size: 8, ...(row === 0 ? { font: bold } : {}) })
    }
    if (session.place !== undefined && session.place !== place) {
      cell(page, session.place, { x, width, y: y + headingHeight - 10, size: 7 })
    }
    x += width
  }
}

function drawBoxes(page: PdfPage, widths: readonly number[], y: number, height: number): void {
  let x = margin
  for (const width of widths) {
    page.rect(x, y, width, height)
    x += width
  }
  page.lineWidth(0.6).stroke(quiet)
}

function drawFoot(
  page: PdfPage,
  { texts, date }: AttendanceSheet,
  numbers: { page: number; pages: number },
): void {
  const y = page.page.height - margin - 9
  const { day, clock } = writeMoment(date)
  const printed = fill(texts.printed, { time: `${formatDate(day)}, ${clock} WITA` })
  page.fillColor(quiet)
  line(page, printed, { font: regular, size: 8.5, y })
  line(page, fill(texts.page, numbers), { font: regular, size: 8.5, y, align: 'right' })
}

function line(
  page: PdfPage,
  text: string,
  how: { font: string; size: number; y: number; align?: 'left' | 'right' },
): void {
  const width = page.page.width - 2 * margin
  page.font(how.font).fontSize(how.size)
  page.text(fitted(page, text, width), margin, how.y, { width, align: how.align ?? 'left', lineBreak: false })
}

function cell(
  page: PdfPage,
  text: string,
  how: { x: number; width: number; y: number; size: number; font?: string },
): void {
  const width = how.width - 8
  page.font(how.font ?? regular).fontSize(how.size)
  // A long name is drawn smaller before any of it is cut off.
  if (page.widthOfString(printable(text)) > width) page.fontSize(Math.min(how.size, smallest))
  page.text(fitted(page, text, width), how.x + 4, how.y, { width, lineBreak: false })
}

/** The text in the page's font, cut so that it stays in its line. */
function fitted(page: PdfPage, text: string, width: number): string {
  const whole = printable(text)
  if (page.widthOfString(whole) <= width) return whole
  let cut = whole
  while (cut !== '' && page.widthOfString(`${cut}…`) > width) cut = cut.slice(0, -1)
  return `${cut.trimEnd()}…`
}
