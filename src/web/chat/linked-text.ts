import { html } from 'hono/html'
import type { Html } from '../layout.ts'

/** The first group is a private form's, alone on its line. */
const ADDRESS = /^(https?:\/\/[\w.:-]+\/cek\/[\w-]{43})$|https?:\/\/[^\s<>"']+/gm
const TRAILING = /[.,;:!?)\]]+$/

/**
 * A text with its web addresses as links, everything else escaped. A line that is nothing but a link to a private form
 * becomes a button with `privatePage` on it, where that is given. The page's script does the same in the browser.
 */
export function linkedText(text: string, privatePage?: string): readonly (string | Html)[] {
  const parts: (string | Html)[] = []
  let from = 0
  for (const match of text.matchAll(ADDRESS)) {
    const href = match[0].replace(TRAILING, '')
    if (!URL.canParse(href)) continue
    const isButton = match[1] !== undefined && privatePage !== undefined
    const link = isButton
      ? html`<a class="button" href="${href}" rel="noopener noreferrer">${privatePage}</a>`
      : html`<a href="${href}" rel="noopener noreferrer">${href}</a>`
    parts.push(text.slice(from, match.index), link)
    from = match.index + href.length
  }
  return [...parts, text.slice(from)]
}
