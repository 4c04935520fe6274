import { hasIdentifier } from '../../language/identifier.ts'
import { maskDigits } from '../../language/mask.ts'
import { parsePhone } from '../../language/phone.ts'
import { type Cell, cellText, type TableRow } from '../../tables/table.ts'
import { longestDescription } from '../product.ts'
import type { RowFinding, RowNote, RowProblem } from './row-findings.ts'
import type { ShopField, ShopLayout } from './shop-columns.ts'

/** A shop as one row gives it. The number is in the clear: it is sealed before it is kept. */
export interface ShopRow {
  /** What the shop is known by in its list, the surest first: `id:…`, `nib:…`, or a keyed hash of what it is called. */
  readonly keys: readonly string[]
  readonly name: string
  readonly description: string
  /** Kemendagri code with dots. */
  readonly kelurahan: string
  readonly nib: string | undefined
  /** In international form without plus. */
  readonly phone: string | undefined
}

/** A row, read: a shop with what was left out of it, or why it is set aside. */
export type ShopReading =
  | { readonly type: 'shop'; readonly shop: ShopRow; readonly notes: readonly Finding[] }
  | { readonly type: 'problem'; readonly finding: Finding }

type Finding = Omit<RowFinding, 'row'>

/** What a row is checked against. */
export interface ShopRowRules {
  /** Kemendagri code with dots of the kelurahan that the cells mean together. */
  readonly findKelurahan: (place: {
    readonly code: string
    readonly name: string
    readonly district: string
    readonly address: string
  }) => string | undefined
  /** Keyed hashes of a text, that of the current key first: they are all that is kept of an owner's name. */
  readonly hashes: (text: string) => readonly string[]
}

/** The longest name of a shop, in letters. */
const longestShopName = 80

/** Makes the reader of one layout. `columns` are what it wants of each row, in that order. */
export function createShopRowReader(
  layout: ShopLayout,
  rules: ShopRowRules,
): { readonly columns: readonly number[]; read(row: TableRow): ShopReading } {
  const columns = [...new Set(Object.values(layout.columns))]
  return {
    columns,
    read: ({ cells }) =>
      readRow(rules, {
        cell: (field) => cells[columns.indexOf(layout.columns[field] ?? -1)],
        heading: (field) => layout.headings[layout.columns[field] ?? -1] ?? '',
      }),
  }
}

interface Cells {
  cell(field: ShopField): Cell | undefined
  heading(field: ShopField): string
}

function readRow(rules: ShopRowRules, cells: Cells): ShopReading {
  const text = (field: ShopField) => unwrap(cellText(cells.cell(field)))
  const finding = (field: ShopField, what: RowProblem | RowNote): Finding => {
    return { column: cells.heading(field), what, value: cellText(cells.cell(field)) }
  }
  const name = wordsOf(text('name')).slice(0, longestShopName).trim()
  if (name === '') return { type: 'problem', finding: finding('name', 'name.empty') }
  const wrongKey = keyProblem(cells.cell('key'))
  if (wrongKey !== undefined) return { type: 'problem', finding: finding('key', wrongKey) }
  const place = {
    ...{ code: text('kelurahan_code'), name: text('kelurahan') },
    ...{ district: text('district'), address: text('address') },
  }
  const kelurahan = rules.findKelurahan(place)
  if (kelurahan === undefined) {
    const at = place.name !== '' ? 'kelurahan' : place.code !== '' ? 'kelurahan_code' : 'address'
    const isEmpty = place.name === '' && place.code === '' && place.address === ''
    return { type: 'problem', finding: finding(at, isEmpty ? 'kelurahan.empty' : 'kelurahan.unknown') }
  }
  const nib = readNib(cells.cell('nib'))
  const phone = readPhone(text('phone'))
  const shop: ShopRow = {
    ...{ name, kelurahan, nib, phone, keys: keysOf(rules, text, { name, kelurahan, nib }) },
    description: wordsOf(text('products') || text('category'))
      .slice(0, longestDescription)
      .trim(),
  }
  const notes: Finding[] = []
  if (nib === undefined && !isNothing(text('nib'))) notes.push(finding('nib', 'nib.unreadable'))
  if (phone === undefined && !isNothing(text('phone'))) notes.push(finding('phone', 'phone.unreadable'))
  return { type: 'shop', shop, notes }
}

function keysOf(
  { hashes }: ShopRowRules,
  text: (field: ShopField) => string,
  {
    name,
    kelurahan,
    nib,
  }: { readonly name: string; readonly kelurahan: string; readonly nib: string | undefined },
): readonly string[] {
  const number = text('key')
  if (number !== '') return [`id:${number.slice(0, 60)}`]
  if (nib !== undefined) return [`nib:${nib}`]
  const told = [name, kelurahan, text('owner')].map((part) =>
    part
      .toLowerCase()
      .replaceAll(/[^\p{L}\d]+/gu, ' ')
      .trim(),
  )
  return hashes(told.join('|')).map((hash) => `nama:${hash}`)
}

/** A list that numbers its shops by the owners' NIK must not bring them here, and a spreadsheet cuts long numbers. */
function keyProblem(cell: Cell | undefined): RowProblem | undefined {
  const text = unwrap(cellText(cell))
  if (hasIdentifier(text) || /^\d{16}$/.test(text.replaceAll(/[\s.-]/g, ''))) return 'key.nik'
  const isLong = typeof cell === 'object' && text.length > 15
  return isLong || /^\d+(?:[.,]\d+)?E\+?\d+$/i.test(text) ? 'key.number_cell' : undefined
}

/** An NIB has 13 digits: a spreadsheet keeps them all. */
function readNib(cell: Cell | undefined): string | undefined {
  const digits = unwrap(cellText(cell)).replaceAll(/[\s.-]/g, '')
  return /^\d{13}$/.test(digits) ? digits : undefined
}

/** The first of several numbers in a cell that is one of a mobile phone. */
function readPhone(text: string): string | undefined {
  for (const part of text.split(/[/,;|&]|\bdan\b/i)) {
    const parsed = parsePhone(part)
    if (parsed.type === 'value') return String(parsed.value).replace('+', '')
  }
  return undefined
}

/** How lists say that there is none. */
function isNothing(text: string): boolean {
  return /^(?:|-+|0|tidak ada|tdk ada|belum(?: ada)?|belum punya|tidak|n\/a)$/i.test(text)
}

/** Words for people, on one line: no control characters, and no number that may be somebody's. */
function wordsOf(text: string): string {
  return maskDigits(text.normalize('NFC').replaceAll(/[\p{C}\s]+/gu, ' ')).trim()
}

/** Undoes what keeps a spreadsheet program from reading digits as a number: `="…"` and a leading apostrophe. */
function unwrap(text: string): string {
  const formula = /^="(.*)"$/.exec(text.trim())
  return (formula?.[1] ?? text).replace(/^['\u2018\u2019]/, '').trim()
}
