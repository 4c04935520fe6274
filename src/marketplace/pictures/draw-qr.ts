import { encode } from 'uqr'

/** A QR code that was laid out: squares of whole pixels, with the white border that phones want. */
export interface DrawnQr {
  /** As high and as wide, in pixels, with its border. */
  readonly size: number
  /** As SVG, its left upper corner at 0, 0. */
  readonly svg: string
}

const border = 3

/** Lays out a text as a QR code of at most `room` pixels. It survives the loss of 15 % where that costs no smaller squares. */
export function drawQr(text: string, room: number): DrawnQr {
  const { data, size } = encode(text, { border, ecc: 'M', boostEcc: true })
  const cell = Math.max(1, Math.floor(room / size))
  const cells = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return {
    size: size * cell,
    svg: `<g transform="scale(${cell})" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path fill="#000" d="${cells.join('')}"/></g>`,
  }
}
