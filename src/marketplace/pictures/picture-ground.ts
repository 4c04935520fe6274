/** The lines of the city's mark on a field of 40 by 40, as SVG writes paths. */
export interface MarkPaths {
  readonly roof: string
  readonly thatch: string
  readonly posts: string
  readonly floor: string
}

/** The colours of what is drawn. */
export const colours = {
  brand: '#6d2a1b',
  dark: '#4a1a10',
  gold: '#d99a3d',
  cream: '#fff6e6',
  ink: '#1d1b19',
  quiet: '#5d5650',
} as const

const { brand, dark, gold, cream } = colours

/** The mark in one colour on another, as high and as wide as `size`. */
export function drawMark(mark: MarkPaths, x: number, y: number, size: number, on: string = brand): string {
  const { roof, thatch, posts, floor } = mark
  return `<g transform="translate(${x} ${y}) scale(${size / 40})"><path d="${roof}" fill="${cream}"/><path d="${thatch}" stroke="${on}" stroke-width="1.6" stroke-linecap="round" fill="none"/><path d="${posts}" stroke="${cream}" stroke-width="2.6"/><path d="${floor}" stroke="${cream}" stroke-width="2.8" stroke-linecap="round"/></g>`
}

/** A band of cloth over the whole width, woven as on Timor: hooked diamonds between stripes. */
export function drawCloth(y: number, width: number, height: number): string {
  const stripe = Math.max(3, Math.round(height / 40))
  const field = height - 6 * stripe
  const rows = Math.max(1, Math.round(field / 110))
  const cell = field / rows
  const columns = Math.round(width / cell)
  const step = width / columns
  const diamonds = Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns]
    return diamond(step * (column + 0.5), y + 3 * stripe + cell * (row + 0.5), step / 2, cell / 2)
  })
  const line = (top: number, colour: string) =>
    `<rect x="0" y="${top}" width="${width}" height="${stripe}" fill="${colour}"/>`
  return [
    `<rect x="0" y="${y}" width="${width}" height="${height}" fill="${dark}"/>`,
    ...[line(y, gold), line(y + 1.8 * stripe, brand)],
    ...diamonds,
    ...[line(y + height - 2.8 * stripe, brand), line(y + height - stripe, gold)],
  ].join('')
}

/** One figure in the middle of its cell: a diamond in a diamond, with hooks to the left and to the right. */
function diamond(x: number, y: number, halfWidth: number, halfHeight: number): string {
  const rhomb = (part: number) => {
    const [w, h] = [halfWidth * part, halfHeight * part]
    return `M${x} ${y - h}L${x + w} ${y}L${x} ${y + h}L${x - w} ${y}Z`
  }
  const thick = Math.max(1.5, halfHeight / 14)
  const hook = (side: 1 | -1) => {
    const [w, h] = [halfWidth * side, halfHeight]
    return `M${x + w * 0.98} ${y - h * 0.62}h${-w * 0.3}v${h * 0.28}M${x + w * 0.98} ${y + h * 0.62}h${-w * 0.3}v${-h * 0.28}`
  }
  return [
    `<path d="${rhomb(0.94)}" fill="${brand}" stroke="${gold}" stroke-width="${thick}"/>`,
    `<path d="${rhomb(0.6)}" fill="none" stroke="${cream}" stroke-width="${thick}"/>`,
    `<path d="${rhomb(0.3)}" fill="${gold}"/>`,
    `<path d="${hook(1)}${hook(-1)}" fill="none" stroke="${gold}" stroke-width="${thick}"/>`,
  ].join('')
}

/** A whole SVG of pixels. */
export function svgOf(width: number, height: number, content: string): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`,
  )
}
