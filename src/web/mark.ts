import { html } from 'hono/html'

const ROOF =
  'M20 3c.9 0 1.5.5 1.9 1.3C30.5 7.5 37 16 38.6 25c.1.8-.3 1.3-1.1 1.3h-35c-.8 0-1.2-.5-1.1-1.3C3 16 9.5 7.5 18.1 4.3 18.5 3.5 19.1 3 20 3z'
const THATCH = 'M20 8v13.5M14 11c-2.8 3-4.8 6.7-5.7 10.5M26 11c2.8 3 4.8 6.7 5.7 10.5'
const POSTS = 'M8 26v9M16 26v9M24 26v9M32 26v9'

/** The lines of the mark on a field of 40 by 40, as SVG writes paths: for what is no web page. */
export const markPaths = { roof: ROOF, thatch: THATCH, posts: POSTS, floor: 'M4 36.2h32' } as const

/** The mark: the round thatched roof of a lopo on its posts, in the colour of the text around it. */
export const mark = html`<svg class="mark" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false"><path d="${ROOF}" fill="currentColor"/><path class="thatch" d="${THATCH}" fill="none" stroke-width="1.4" stroke-linecap="round"/><path d="${POSTS}" stroke="currentColor" stroke-width="2.4"/><path d="M4 36.2h32" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/></svg>`
