import { html } from 'hono/html'
import type { Html } from '../layout.ts'

const ADDRESS = /https?:\/\/[^\s<>"']+/g
const TRAILING = /[.,;:!?)\]]+$/

/** A text with its web addresses as links, everything else escaped. The page's script does the same in the browser. */
export function linkedText(text: string): readonly (string | Html)[] {
  const parts: (string | Html)[] = []
  let from = 0
  for (const match of text.matchAll(ADDRESS)) {
    const href = match[0].replace(TRAILING, '')
    if (!URL.canParse(href)) continue
    parts.push(text.slice(from, match.index), html`<a href="${href}" rel="noopener noreferrer">${href}</a>`)
    from = match.index + href.length
  }
  return [...parts, text.slice(from)]
}
