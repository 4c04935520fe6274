import sharp, { type OverlayOptions } from 'sharp'
import { drawQr } from './draw-qr.ts'
import { colours, drawCloth, drawMark, type MarkPaths, svgOf } from './picture-ground.ts'
import type { PromotionCard, PromotionShape } from './pictures.ts'
import { layouts, type PromotionLayout } from './promotion-layout.ts'
import { toJpeg } from './to-jpeg.ts'
import { type Writing, type Written, writeText } from './write-text.ts'

/** What is written on every promotion picture. */
export interface PromotionTexts {
  /** Beside the city's mark. */
  readonly city: string
  /** Beneath the QR code. */
  readonly scan: string
}

/** What a promotion picture is drawn from. */
export interface Drawing {
  readonly card: PromotionCard
  readonly texts: PromotionTexts
  readonly mark: MarkPaths
  /** Leaves out the letters that the font lacks. */
  readonly legible: (text: string) => string
  /** The photo's bytes; cloth stands for one that is not there. */
  readonly photo: Uint8Array | undefined
}

/** The most bytes of a promotion picture. */
const mostBytes = 300_000

/** Draws a product as a picture for a status or a feed: JPEG of at most 300 kB. */
export async function drawPromotion(
  drawing: Drawing,
  shape: PromotionShape,
): Promise<Uint8Array<ArrayBuffer>> {
  const layout = layouts[shape]
  const [photo, texts, chip] = await Promise.all([
    coverPhoto(drawing.photo, layout),
    writeAll(drawing, layout),
    drawChip(drawing, layout),
  ])
  const { width, height } = layout
  const qr = drawQr(drawing.card.page, layout.qr)
  const overlays = [...photo, ground(layout), ...chip, ...place(texts, qr, layout)]
  const picture = sharp({ create: { width, height, channels: 3, background: colours.cream } })
  const { data, info } = await picture.composite(overlays).raw().toBuffer({ resolveWithObject: true })
  return toJpeg({ pixels: data, width, height, channels: info.channels }, mostBytes)
}

/** The part of the photo that draws the eye, as large as its room. */
async function coverPhoto(
  photo: Uint8Array | undefined,
  { width, photoHeight }: PromotionLayout,
): Promise<readonly OverlayOptions[]> {
  if (photo === undefined) {
    return [{ input: svgOf(width, photoHeight, drawCloth(0, width, photoHeight)), left: 0, top: 0 }]
  }
  const { data, info } = await sharp(photo)
    .resize(width, photoHeight, { fit: 'cover', position: sharp.strategy.attention })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return [{ input: data, raw: { width, height: photoHeight, channels: info.channels }, left: 0, top: 0 }]
}

function ground({ width, height, photoHeight, bandHeight, clothTop }: PromotionLayout): OverlayOptions {
  const cloth = clothTop < height ? drawCloth(clothTop - photoHeight, width, height - clothTop) : ''
  const svg = svgOf(width, height - photoHeight, `${drawCloth(0, width, bandHeight)}${cloth}`)
  return { input: svg, left: 0, top: photoHeight }
}

/** The city's mark with its name, on a ground of its own: it is read on any photo. */
async function drawChip(
  { texts, mark }: Drawing,
  { chipTop, margin }: PromotionLayout,
): Promise<readonly OverlayOptions[]> {
  const height = 72
  const name = await writeText({
    ...{ text: texts.city, font: 'bold', colour: colours.cream, largest: 34, smallest: 34 },
    ...{ width: 700, height: 40 },
  })
  if (name === undefined) return []
  const width = 26 + 46 + 18 + name.width + 32
  const rounded = `<rect width="${width}" height="${height}" rx="${height / 2}" fill="${colours.brand}" stroke="${colours.cream}" stroke-opacity=".55" stroke-width="3"/>`
  const svg = svgOf(width, height, rounded + drawMark(mark, 26, 13, 46))
  return [
    { input: svg, left: margin, top: chipTop },
    name.at(margin + 90, chipTop + (height - name.height) / 2),
  ]
}

interface Texts {
  readonly name: Written | undefined
  readonly price: Written | undefined
  readonly shop: Written | undefined
  readonly place: Written | undefined
  readonly note: Written | undefined
  readonly scan: Written | undefined
}

async function writeAll({ card, texts, legible }: Drawing, layout: PromotionLayout): Promise<Texts> {
  const { width, margin, qr, wideName, note } = layout
  const whole = width - 2 * margin
  const beside = whole - qr - 36
  const write = (text: string | undefined, writing: Omit<Writing, 'text'>) =>
    writeText({ text: legible(text ?? ''), ...writing })
  const { brand, ink, quiet, cream } = colours
  const bold = { font: 'bold', width: beside } as const
  const [name, price, shop, where, halal, scan] = await Promise.all([
    write(card.name, { ...bold, ...layout.name, colour: ink, width: wideName ? whole : beside }),
    write(card.price, { ...bold, ...layout.price, colour: brand }),
    write(card.shop, { ...bold, ...layout.shop, colour: ink }),
    write(card.place, { ...layout.place, font: 'regular', colour: quiet, width: beside }),
    write(card.halal, { ...bold, ...note, colour: cream, width: beside - 2 * padding }),
    write(texts.scan, { font: 'regular', colour: quiet, largest: 26, smallest: 18, width: qr, height: 30 }),
  ])
  return { name, price, shop, place: where, note: halal, scan }
}

/** Between the edge of the note and its letters. */
const padding = 22

/** Lays texts and QR code into their room: the texts one under the other, the code to the right. */
function place(
  texts: Texts,
  qr: ReturnType<typeof drawQr>,
  layout: PromotionLayout,
): readonly OverlayOptions[] {
  const { width, margin, textTop, textBottom, wideName, gap } = layout
  const top = wideName && texts.name !== undefined ? textTop + texts.name.height + gap * 1.6 : textTop
  const above = wideName && texts.name !== undefined ? [texts.name.at(margin, textTop)] : []
  const lines = [
    ...(wideName ? [] : [{ text: texts.name, after: 2 }]),
    { text: texts.price, after: 1.5 },
    { text: texts.shop, after: 0.75 },
    { text: texts.place, after: 1.5 },
  ].flatMap(({ text, after }) => (text === undefined ? [] : [{ text, after: after * gap }]))
  const noteHeight = texts.note === undefined ? 0 : texts.note.height + 2 * 13
  const used = lines.reduce((sum, { text, after }) => sum + text.height + after, 0) + noteHeight
  // Where little is written it stands in the middle of its room.
  let y = top + Math.max(0, (textBottom - top - used) / 2)
  const column: OverlayOptions[] = []
  for (const { text, after } of lines) {
    column.push(text.at(margin, y))
    y += text.height + after
  }
  if (texts.note !== undefined) column.push(...drawNote(texts.note, margin, y, noteHeight))
  const scanHeight = texts.scan === undefined ? 0 : texts.scan.height + 12
  const qrTop = top + Math.max(0, (textBottom - top - qr.size - scanHeight) / 2)
  const qrLeft = width - margin - qr.size
  const code = { input: svgOf(qr.size, qr.size, qr.svg), left: qrLeft, top: Math.round(qrTop) }
  const scan =
    texts.scan === undefined
      ? []
      : [texts.scan.at(qrLeft + (qr.size - texts.scan.width) / 2, qrTop + qr.size + 12)]
  return [...above, ...column, code, ...scan]
}

function drawNote(note: Written, x: number, y: number, height: number): readonly OverlayOptions[] {
  const width = note.width + 2 * padding
  const svg = svgOf(
    width,
    height,
    `<rect width="${width}" height="${height}" rx="${height / 2}" fill="${colours.ink}"/>`,
  )
  return [
    { input: svg, left: x, top: Math.round(y) },
    note.at(x + padding, Math.round(y) + (height - note.height) / 2),
  ]
}
