import sharp, { type OverlayOptions } from 'sharp'
import { colours, drawMark, type MarkPaths, svgOf } from './picture-ground.ts'
import { toJpeg } from './to-jpeg.ts'
import { type Written, writeText } from './write-text.ts'

/** The most photos of a sheet. */
export const mostOnSheet = 6
const mostBytes = 100_000
const gap = 8
const badge = 62

/** Draws photos side by side, numbered: JPEG of at most 100 kB. The mark stands for a photo that is not there. */
export async function drawSheet(
  photos: readonly (Uint8Array | undefined)[],
  firstNumber: number,
  mark: MarkPaths,
): Promise<Uint8Array<ArrayBuffer>> {
  const columns = columnsOf(photos.length)
  const rows = Math.ceil(photos.length / columns)
  const cell = columns === 3 ? 320 : 420
  const [width, height] = [columns, rows].map((count) => count * cell + (count + 1) * gap)
  const overlays = await Promise.all(
    photos.map((photo, at) => {
      const [column, row] = [at % columns, Math.floor(at / columns)]
      const [left, top] = [column, row].map((place) => gap + place * (cell + gap))
      return drawCell({ photo, number: firstNumber + at, left: left ?? 0, top: top ?? 0, cell, mark })
    }),
  )
  const picture = { width: width ?? 0, height: height ?? 0 }
  const { data, info } = await sharp({
    create: { ...picture, channels: 3, background: colours.cream },
  })
    .composite(overlays.flat())
    .raw()
    .toBuffer({ resolveWithObject: true })
  return toJpeg({ ...picture, pixels: data, channels: info.channels }, mostBytes)
}

/** Four are two by two; up to three are a row. */
function columnsOf(count: number): number {
  if (count === 4) return 2
  return Math.min(count, 3)
}

interface Cell {
  readonly photo: Uint8Array | undefined
  readonly number: number
  readonly left: number
  readonly top: number
  readonly cell: number
  readonly mark: MarkPaths
}

async function drawCell({ photo, number, left, top, cell, mark }: Cell): Promise<readonly OverlayOptions[]> {
  const written = await writeText({
    ...{ text: String(number), font: 'bold', colour: colours.cream, largest: 40, smallest: 20 },
    ...{ width: badge, height: 40 },
  })
  return [
    { ...(await face(photo, cell, mark)), left, top },
    ...(written === undefined ? [] : drawBadge(written, left + 12, top + 12)),
  ]
}

async function face(photo: Uint8Array | undefined, cell: number, mark: MarkPaths): Promise<OverlayOptions> {
  if (photo === undefined) {
    const plain = `<rect width="${cell}" height="${cell}" fill="${colours.gold}"/>`
    return { input: svgOf(cell, cell, plain + drawMark(mark, cell / 4, cell / 4, cell / 2, colours.gold)) }
  }
  const { data, info } = await sharp(photo)
    .resize(cell, cell, { fit: 'cover', position: sharp.strategy.attention })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { input: data, raw: { width: cell, height: cell, channels: info.channels } }
}

/** Read on any photo: light on dark, with a light edge. */
function drawBadge(written: Written, left: number, top: number): readonly OverlayOptions[] {
  const width = Math.max(badge, written.width + 32)
  const rounded = `<rect x="2" y="2" width="${width - 4}" height="${badge - 4}" rx="${badge / 2 - 2}" fill="${colours.brand}" stroke="${colours.cream}" stroke-width="4"/>`
  return [
    { input: svgOf(width, badge, rounded), left, top },
    written.at(left + (width - written.width) / 2, top + (badge - written.height) / 2),
  ]
}
