import { samplesOf } from '../../tables/headings.ts'
import { openTable } from '../../tables/open-table.ts'
import { readShopLayout, type ShopField, type ShopMapping, shopFields } from './shop-columns.ts'

/** One column of a file as an officer sees it before anything is loaded. */
export interface PreviewColumn {
  readonly heading: string
  /** The first cells, with every letter and digit masked: their form shows whether it is the right column. */
  readonly samples: readonly string[]
}

/** What a file seems to hold, and what is missing. */
export interface ShopPreview {
  /** Those that may be read: a NIK is not among them. */
  readonly columns: readonly PreviewColumn[]
  /** The heading that each field is read from. */
  readonly fields: Readonly<Partial<Record<ShopField, string>>>
  /** Fields that no column was found for and that are needed. */
  readonly missing: readonly ShopField[]
  /** Headings that were chosen and that the file lacks. */
  readonly absent: readonly string[]
}

/** Looks at the first rows of a file. Throws a TableError when it is no table. */
export async function previewShops(file: string, mapping?: ShopMapping): Promise<ShopPreview> {
  const head = await (await openTable(file)).head()
  const reading = readShopLayout(head, mapping)
  const { headings, headingRow, columns } = reading.layout
  const fields: Partial<Record<ShopField, string>> = {}
  for (const field of shopFields) {
    const heading = headings[columns[field] ?? -1]
    if (heading !== undefined && heading !== '') fields[field] = heading
  }
  return {
    columns: headings.flatMap((heading, column) =>
      heading === '' ? [] : [{ heading, samples: samplesOf(head, headingRow, column) }],
    ),
    fields,
    missing: reading.type === 'unknown' ? reading.missing : [],
    absent: reading.type === 'unknown' ? reading.absent : [],
  }
}
