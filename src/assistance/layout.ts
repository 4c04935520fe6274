import { normaliseHeading, placesOf } from '../tables/headings.ts'
import type { TableRow } from '../tables/table.ts'
import { cellText } from '../tables/table.ts'

/** What the check needs of a row. Everything else in a file is left unread. */
export const fields = [
  'nik',
  'household',
  'family_card',
  'name',
  'birth_date',
  'kelurahan_code',
  'kelurahan',
  'district',
] as const
export type Field = (typeof fields)[number]

/**
 * Headings that each field has in the wild, the best first: P3KE keluarga, P3KE individu and DTSEN extracts, and what
 * offices make of them. Compared without case, spaces and punctuation.
 */
const synonyms: Readonly<Record<Field, readonly string[]>> = {
  nik: [
    'nik',
    'nomor_induk_kependudukan',
    'no_nik',
    'nomor_nik',
    'nik_individu',
    'nik_kepala_keluarga',
    'no_ktp',
  ],
  household: [
    'id_keluarga_p3ke',
    'id_keluarga',
    'id_keluarga_dtsen',
    'idkeluarga',
    'id_kk',
    'id_rumah_tangga',
  ],
  family_card: [
    'nomor_kartu_keluarga',
    'nomor_kk',
    'no_kk',
    'nokk',
    'no_kartu_keluarga',
    'nomor_kartu_kk',
    'kk',
  ],
  name: [
    'nama',
    'nama_lengkap',
    'kepala_keluarga',
    'nama_kepala_keluarga',
    'nama_individu',
    'nama_anggota_keluarga',
    'nama_art',
    'nama_penerima',
  ],
  birth_date: ['tanggal_lahir', 'tgl_lahir', 'tgllahir', 'tanggallahir'],
  kelurahan_code: [
    'kode_kemdagri',
    'kode_kemendagri',
    'kode_kelurahan',
    'kode_desa_kelurahan',
    'kode_desa',
    'kode_wilayah',
    'kode_bps',
  ],
  kelurahan: [
    'desa_kelurahan',
    'kelurahan',
    'nama_desa_kelurahan',
    'nama_kelurahan',
    'kelurahan_desa',
    'desa',
    'kel',
    'nama_desa',
  ],
  district: ['kecamatan', 'nama_kecamatan', 'kec'],
}

/** A programme and how list files may head its column. */
export interface ProgrammeHeading {
  readonly code: string
  readonly headings: readonly string[]
}

/** Which column of a file holds what. Columns are counted from 0. */
export interface Layout {
  /** The row with the headings; the data begin after it. */
  readonly headingRow: number
  readonly headings: readonly string[]
  readonly columns: Readonly<Partial<Record<Field, number>>>
  /** A programme may have several columns: YA in one of them is YA. */
  readonly programmes: ReadonlyMap<string, readonly number[]>
}

/**
 * Headings chosen by hand, from a mapping file or at the desk: a field or a programme, and the heading of its column; the
 * empty text where it has none, whatever a heading may sound like.
 */
export interface Mapping {
  readonly columns: Readonly<Partial<Record<Field, string>>>
  readonly programmes: Readonly<Record<string, string>>
}

/** The layout, or what is missing of it: `missing` names fields, `kelurahan` and `household` each for one of two. */
export type LayoutReading =
  | { readonly type: 'layout'; readonly layout: Layout }
  | {
      readonly type: 'unknown'
      readonly missing: readonly Field[]
      /** Headings that the mapping names and the file lacks. */
      readonly absent: readonly string[]
      /** The closest to a row of headings that there is. */
      readonly headings: readonly string[]
      readonly layout: Layout
    }

/** Finds the row of headings among the first rows of a file, and which column holds what. */
export function readLayout(
  head: readonly TableRow[],
  programmes: readonly ProgrammeHeading[],
  mapping?: Mapping,
): LayoutReading {
  const layouts = head.map((row) => layoutOf(row, programmes, mapping))
  const found = layouts.find(
    (layout) => missingOf(layout).length === 0 && absentOf(layout, mapping).length === 0,
  )
  if (found !== undefined) return { type: 'layout', layout: found }
  const empty: Layout = { headingRow: 0, headings: [], columns: {}, programmes: new Map() }
  const layout = layouts.reduce(
    (best, next) => (known(next) > known(best) ? next : best),
    layouts[0] ?? empty,
  )
  const { headings } = layout
  return { type: 'unknown', missing: missingOf(layout), absent: absentOf(layout, mapping), headings, layout }
}

function layoutOf(
  row: TableRow,
  programmes: readonly ProgrammeHeading[],
  mapping: Mapping | undefined,
): Layout {
  const headings = row.cells.map((cell) => cellText(cell).trim())
  const places = placesOf(headings)
  const columns: Partial<Record<Field, number>> = {}
  for (const field of fields) {
    const chosen = mapping?.columns[field]
    const names = chosen === undefined ? synonyms[field] : [normaliseHeading(chosen)]
    const place = names.map((name) => places.get(name)).find((found) => found !== undefined)
    if (place !== undefined) columns[field] = place
  }
  const flags = new Map<string, number[]>()
  for (const { code, headings: extra } of programmes) {
    const chosen = mapping?.programmes[code]
    const names = chosen === undefined ? [`penerima_${code}`, code, ...extra] : [normaliseHeading(chosen)]
    const found = [...new Set(names)].flatMap((name) => places.get(name) ?? [])
    if (found.length > 0) flags.set(code, found)
  }
  return { headingRow: row.number, headings, columns, programmes: flags }
}

function missingOf({ columns }: Layout): Field[] {
  const missing: Field[] = []
  if (columns.nik === undefined) missing.push('nik')
  if (columns.household === undefined && columns.family_card === undefined) missing.push('household')
  if (columns.kelurahan === undefined && columns.kelurahan_code === undefined) missing.push('kelurahan')
  return missing
}

function absentOf({ headings }: Layout, mapping: Mapping | undefined): string[] {
  if (mapping === undefined) return []
  const seen = new Set(headings.map(normaliseHeading))
  const chosen = [...Object.values(mapping.columns), ...Object.values(mapping.programmes)]
  return chosen.filter((heading) => heading !== '' && !seen.has(normaliseHeading(heading)))
}

function known({ columns, programmes }: Layout): number {
  return Object.keys(columns).length + programmes.size
}
