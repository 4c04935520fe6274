import { html } from 'hono/html'

/** The mark: the round thatched roof of a lopo on its posts. Drawn in the colour of the text around it. */
export const mark = html`<svg class="mark" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false"><path d="M20 3.5c1.2 0 1.8.8 2.4 2C25.5 12 33 18.5 38 24.5c.5.7.1 1.5-.8 1.5H2.8c-.9 0-1.3-.8-.8-1.5C7 18.5 14.5 12 17.6 5.5c.6-1.2 1.2-2 2.4-2z" fill="currentColor"/><path d="M20 10v14M14.5 15.5 10.5 24M25.5 15.5l4 8.5" stroke="var(--roof-line, #fff)" stroke-width="1.3" stroke-linecap="round" fill="none"/><path d="M9 26v9M16.3 26v9M23.7 26v9M31 26v9" stroke="currentColor" stroke-width="2.4"/><path d="M4 36.2h32" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/></svg>`
