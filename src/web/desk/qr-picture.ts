import { html } from 'hono/html'
import { encode } from 'uqr'
import type { Html } from '../layout.ts'

/** A text as a QR code, drawn with attributes only: the content policy forbids styles within a page. */
export function qrPicture(text: string, label: string): Html {
  // Phones want a white border around it, also where the page is dark.
  const { data, size } = encode(text, { border: 3 })
  const cells = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path fill="#000" d="${cells.join('')}"/></svg>`
}
