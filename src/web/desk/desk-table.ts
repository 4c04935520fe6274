import { html } from 'hono/html'
import type { Html } from '../layout.ts'

/** A table that becomes a list of cards on a phone; each row has as many cells as there are columns. */
export function deskTable(table: {
  /** Says what the table is of; read out, not shown. */
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (Html | string)[])[]
}): Html {
  const { caption, columns, rows } = table
  // The roles are said aloud because a table that is laid out as cards loses them in some browsers.
  return html`<table class="cardtable" role="table"><caption class="away">${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map((column) => html`<th scope="col" role="columnheader">${column}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(
    (cells) =>
      html`<tr role="row">${cells.map(
        (cell, index) =>
          html`<td role="cell" data-label="${columns[index] ?? ''}"${cell === '' ? html` class="nothing"` : ''}><div>${cell}</div></td>`,
      )}</tr>`,
  )}</tbody></table>`
}
