import { samplesOf } from '../tables/headings.ts'
import { openTable } from '../tables/open-table.ts'
import { type Field, type fields, type Mapping, type ProgrammeHeading, readLayout } from './layout.ts'

/** One column of a file as an officer sees it before anything is loaded. */
export interface PreviewColumn {
  readonly heading: string
  /** The first cells, with every letter and digit masked: their form shows whether it is the right column. */
  readonly samples: readonly string[]
}

/** What a file seems to hold, and what is missing. */
export interface ListPreview {
  readonly columns: readonly PreviewColumn[]
  /** The heading that each field is read from. */
  readonly fields: Readonly<Record<Field, string | undefined>>
  /** The same for programmes, by code. */
  readonly programmes: Readonly<Record<string, string | undefined>>
  /** Fields that no column was found for and that are needed. */
  readonly missing: readonly Field[]
  /** Headings that were chosen and that the file lacks. */
  readonly absent: readonly string[]
}

/** Looks at the first rows of a file. Throws a TableError when it is no table. */
export async function previewList(
  file: string,
  programmes: readonly ProgrammeHeading[],
  mapping?: Mapping,
): Promise<ListPreview> {
  const head = await (await openTable(file)).head()
  const reading = readLayout(head, programmes, mapping)
  const { layout } = reading
  const headingOf = (column: number | undefined) =>
    column === undefined ? undefined : layout.headings[column]
  const byField = (field: Field) => headingOf(layout.columns[field])
  return {
    columns: layout.headings.flatMap((heading, column) =>
      heading === '' ? [] : [{ heading, samples: samplesOf(head, layout.headingRow, column) }],
    ),
    fields: {
      nik: byField('nik'),
      household: byField('household'),
      family_card: byField('family_card'),
      name: byField('name'),
      birth_date: byField('birth_date'),
      kelurahan_code: byField('kelurahan_code'),
      kelurahan: byField('kelurahan'),
      district: byField('district'),
    } satisfies Record<(typeof fields)[number], string | undefined>,
    programmes: Object.fromEntries(
      programmes.map(({ code }) => [code, headingOf(layout.programmes.get(code)?.[0])]),
    ),
    missing: reading.type === 'unknown' ? reading.missing : [],
    absent: reading.type === 'unknown' ? reading.absent : [],
  }
}
