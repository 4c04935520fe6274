import { normaliseHeading, placesOf } from '../../tables/headings.ts'
import { cellText, type TableRow } from '../../tables/table.ts'

/** What a shop needs of a row. Everything else in a file is left unread, and a NIK above all. */
export const shopFields = [
  'key',
  'name',
  'owner',
  'kelurahan_code',
  'kelurahan',
  'district',
  'address',
  'products',
  'category',
  'nib',
  'phone',
] as const
export type ShopField = (typeof shopFields)[number]

/** Headings that each field has in the lists of offices, the best first. Compared without case, spaces and punctuation. */
const synonyms: Readonly<Record<ShopField, readonly string[]>> = {
  key: [
    ...['id_umkm', 'kode_umkm', 'no_umkm', 'nomor_umkm', 'id_usaha', 'kode_usaha'],
    ...['no_registrasi', 'nomor_registrasi', 'no_induk', 'nomor_induk', 'id'],
  ],
  name: [
    ...['nama_usaha', 'nama_umkm', 'nama_toko', 'nama_perusahaan', 'nama_brand', 'merek', 'merk', 'usaha'],
    ...['nama_usaha_umkm', 'nama_unit_usaha', 'brand', 'nama_kelompok_usaha'],
  ],
  owner: [
    ...['nama_pemilik', 'pemilik', 'nama_pelaku_usaha', 'pelaku_usaha', 'nama_pengusaha', 'pengusaha'],
    ...['nama_pemilik_usaha', 'nama_lengkap', 'nama'],
  ],
  kelurahan_code: [
    'kode_kelurahan',
    'kode_kemdagri',
    'kode_kemendagri',
    'kode_desa_kelurahan',
    'kode_wilayah',
  ],
  kelurahan: [
    ...['kelurahan', 'nama_kelurahan', 'desa_kelurahan', 'kelurahan_desa', 'kelurahan_usaha', 'kel', 'desa'],
    ...['nama_desa_kelurahan', 'kel_desa', 'lokasi_kelurahan'],
  ],
  district: ['kecamatan', 'nama_kecamatan', 'kec', 'kecamatan_usaha'],
  address: ['alamat', 'alamat_usaha', 'lokasi', 'lokasi_usaha', 'alamat_lengkap', 'alamat_toko', 'domisili'],
  products: [
    ...['produk', 'nama_produk', 'jenis_produk', 'produk_usaha', 'produk_unggulan', 'produk_utama'],
    ...['produk_yang_dihasilkan', 'hasil_produksi', 'komoditi', 'komoditas', 'produk_jasa'],
  ],
  category: [
    ...['jenis_usaha', 'kategori', 'kategori_usaha', 'bidang_usaha', 'sektor_usaha', 'sektor', 'jenis'],
    ...['golongan', 'kbli', 'klasifikasi_usaha', 'bentuk_usaha'],
  ],
  nib: ['nib', 'no_nib', 'nomor_nib', 'nomor_induk_berusaha', 'nib_oss'],
  phone: [
    ...['no_hp', 'nomor_hp', 'hp', 'no_wa', 'nomor_wa', 'wa', 'whatsapp', 'no_whatsapp', 'no_telepon'],
    ...[
      'nomor_telepon',
      'telepon',
      'no_telp',
      'no_tlp',
      'telp',
      'kontak',
      'no_kontak',
      'no_hp_wa',
      'no_handphone',
    ],
  ],
}

/** Columns of numbers that name a person: they are never read, whatever is chosen, and not even shown. */
const personal = /(^|_)(nik|ktp|kk|kartu_keluarga|induk_kependudukan|npwp)(_|$)/

/** Which column of a file holds what. Columns are counted from 0. */
export interface ShopLayout {
  /** The row with the headings; the data begin after it. */
  readonly headingRow: number
  /** The empty text for a column that is not to be read. */
  readonly headings: readonly string[]
  readonly columns: Readonly<Partial<Record<ShopField, number>>>
}

/** Headings chosen by hand: the empty text where a field has none, whatever a heading may sound like. */
export type ShopMapping = Readonly<Partial<Record<ShopField, string>>>

/** The layout, or what is missing of it: `kelurahan` stands for it, its code and the address. */
export type ShopLayoutReading =
  | { readonly type: 'layout'; readonly layout: ShopLayout }
  | {
      readonly type: 'unknown'
      readonly missing: readonly ShopField[]
      /** Headings that the mapping names and the file lacks. */
      readonly absent: readonly string[]
      /** The closest to a row of headings that there is. */
      readonly layout: ShopLayout
    }

/** Finds the row of headings among the first rows of a file, and which column holds what. */
export function readShopLayout(head: readonly TableRow[], mapping: ShopMapping = {}): ShopLayoutReading {
  const layouts = head.map((row) => layoutOf(row, mapping))
  const found = layouts.find(
    (layout) => missingOf(layout).length === 0 && absentOf(layout, mapping).length === 0,
  )
  if (found !== undefined) return { type: 'layout', layout: found }
  const empty: ShopLayout = { headingRow: 0, headings: [], columns: {} }
  const layout = layouts.reduce(
    (best, next) => (known(next) > known(best) ? next : best),
    layouts[0] ?? empty,
  )
  return { type: 'unknown', missing: missingOf(layout), absent: absentOf(layout, mapping), layout }
}

function layoutOf(row: TableRow, mapping: ShopMapping): ShopLayout {
  const headings = row.cells.map((cell) => readable(cellText(cell).trim()))
  const places = placesOf(headings)
  const columns: Partial<Record<ShopField, number>> = {}
  for (const field of shopFields) {
    const chosen = mapping[field]
    const names = chosen === undefined ? synonyms[field] : [normaliseHeading(chosen)]
    const place = names.map((name) => places.get(name)).find((found) => found !== undefined)
    if (place !== undefined) columns[field] = place
  }
  return { headingRow: row.number, headings, columns }
}

function readable(heading: string): string {
  return personal.test(normaliseHeading(heading)) ? '' : heading
}

function missingOf({ columns }: ShopLayout): ShopField[] {
  const { name, kelurahan, kelurahan_code: code, address } = columns
  return [
    ...(name === undefined ? (['name'] as const) : []),
    ...(kelurahan === undefined && code === undefined && address === undefined
      ? (['kelurahan'] as const)
      : []),
  ]
}

function absentOf({ headings }: ShopLayout, mapping: ShopMapping): string[] {
  const seen = new Set(headings.map(normaliseHeading))
  return Object.values(mapping).filter((heading) => heading !== '' && !seen.has(normaliseHeading(heading)))
}

function known({ columns }: ShopLayout): number {
  return Object.keys(columns).length
}
