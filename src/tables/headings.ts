import { cellText, type TableRow } from './table.ts'

/** Where each heading stands, by what `normaliseHeading` makes of it. Columns are counted from 0. */
export function placesOf(headings: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  for (const [place, heading] of headings.entries()) {
    const name = normaliseHeading(heading)
    // Of two columns with one name the first counts, as a spreadsheet program would have it.
    if (name !== '' && !places.has(name)) places.set(name, place)
  }
  return places
}

/** A heading without case, spaces and punctuation: `No. KK` is `no_kk`. */
export function normaliseHeading(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
}

const sampleCount = 3

/** The first cells of a column below the headings, with every letter and digit masked: their form shows what they are. */
export function samplesOf(head: readonly TableRow[], headingRow: number, column: number): readonly string[] {
  return head
    .filter(({ number }) => number > headingRow)
    .map(({ cells }) => cellText(cells[column]))
    .filter((text) => text.trim() !== '')
    .slice(0, sampleCount)
    .map((text) =>
      text
        .slice(0, 40)
        .replaceAll(/\p{Nd}/gu, '#')
        .replaceAll(/\p{L}/gu, 'x'),
    )
}
