import { type Cell, cellText, type TableRow } from '../tables/table.ts'
import { readBirthDate } from './birth-date.ts'
import type { Field, Layout } from './layout.ts'
import type { RowProblem } from './row-problem.ts'

/** A person as one row gives them, in the clear: never stored or logged like this. */
export interface PersonRow {
  readonly nik: string
  /** The number of the household, with its kind before it: `id:…` or `kk:…`. */
  readonly household: string
  readonly name: string
  /** `yyyy-mm-dd`; undefined where the file has no such column. */
  readonly birthDate: string | undefined
  /** Kemendagri code with dots. */
  readonly kelurahan: string
  /** Codes of the programmes received. */
  readonly programmes: readonly string[]
}

/** A row, read: a person, or what is wrong. `value` is the cell as it stands, not yet masked. */
export type RowReading =
  | { readonly type: 'person'; readonly person: PersonRow }
  | {
      readonly type: 'problem'
      readonly column: string
      readonly problem: RowProblem
      readonly value: string
    }

/** What a row is checked against. */
export interface RowRules {
  /** The NIK in digits, or why it is none. */
  readonly readNik: (text: string) => { readonly nik: string } | { readonly problem: RowProblem }
  /** Kemendagri code with dots of the kelurahan that a code, a name and a kecamatan mean together. */
  readonly findKelurahan: (place: KelurahanCells) => string | undefined
  /** `yyyy-mm-dd`. */
  readonly today: string
}

export interface KelurahanCells {
  readonly code: string
  readonly name: string
  readonly district: string
}

/** Makes the reader of one layout. `columns` are what it wants of each row, in that order. */
export function createRowReader(
  layout: Layout,
  rules: RowRules,
): { readonly columns: readonly number[]; read(row: TableRow): RowReading } {
  const columns = [...new Set([...Object.values(layout.columns), ...[...layout.programmes.values()].flat()])]
  const place = (field: Field) => {
    const column = layout.columns[field]
    return column === undefined ? undefined : columns.indexOf(column)
  }
  const places: Places = {
    nik: place('nik') ?? -1,
    household: place('household'),
    familyCard: place('family_card'),
    name: place('name'),
    birthDate: place('birth_date'),
    code: place('kelurahan_code'),
    kelurahan: place('kelurahan'),
    district: place('district'),
    programmes: [...layout.programmes].map(([code, found]) => [
      code,
      found.map((column) => columns.indexOf(column)),
    ]),
  }
  const heading = (at: number | undefined) => layout.headings[columns[at ?? -1] ?? -1] ?? ''
  return { columns, read: ({ cells }) => readRow(cells, places, rules, heading) }
}

interface Places {
  readonly nik: number
  readonly household: number | undefined
  readonly familyCard: number | undefined
  readonly name: number | undefined
  readonly birthDate: number | undefined
  readonly code: number | undefined
  readonly kelurahan: number | undefined
  readonly district: number | undefined
  readonly programmes: readonly (readonly [string, readonly number[]])[]
}

function readRow(
  cells: readonly Cell[],
  places: Places,
  rules: RowRules,
  heading: (at: number | undefined) => string,
): RowReading {
  const refuse = (at: number | undefined, problem: RowProblem): RowReading => {
    return {
      type: 'problem',
      column: heading(at),
      problem,
      value: at === undefined ? '' : cellText(cells[at]),
    }
  }
  const text = (at: number | undefined) => (at === undefined ? '' : unwrap(cellText(cells[at])))
  const nikProblem = digitsLost(cells[places.nik], 'nik')
  if (nikProblem !== undefined) return refuse(places.nik, nikProblem)
  const reading = rules.readNik(text(places.nik))
  if ('problem' in reading) return refuse(places.nik, text(places.nik) === '' ? 'nik.empty' : reading.problem)
  const { nik } = reading
  const householdAt =
    text(places.household) === '' ? (places.familyCard ?? places.household) : places.household
  const household = readHousehold(
    cells[householdAt ?? -1],
    householdAt === places.familyCard ? 'kk' : 'id',
    nik,
  )
  if ('problem' in household) return refuse(householdAt, household.problem)
  const birth =
    places.birthDate === undefined ? undefined : readBirthDate(cells[places.birthDate] ?? '', rules.today)
  if (birth?.type === 'problem') return refuse(places.birthDate, birth.problem)
  const placeCells = {
    code: text(places.code),
    name: text(places.kelurahan),
    district: text(places.district),
  }
  const kelurahan = rules.findKelurahan(placeCells)
  if (kelurahan === undefined) {
    const empty = placeCells.code === '' && placeCells.name === ''
    return refuse(places.kelurahan ?? places.code, empty ? 'kelurahan.empty' : 'kelurahan.unknown')
  }
  const programmes: string[] = []
  for (const [code, columns] of places.programmes) {
    for (const column of columns) {
      const answer = readFlag(text(column))
      if (answer === undefined) return refuse(column, 'programme.unreadable')
      if (answer && !programmes.includes(code)) programmes.push(code)
    }
  }
  const birthDate = birth?.date
  return {
    type: 'person',
    person: { nik, household: household.key, name: text(places.name), birthDate, kelurahan, programmes },
  }
}

const odd = /^[='\u2018\u2019]|^\s|\s$/

/** Undoes what keeps a spreadsheet program from reading digits as a number: `="…"` and a leading apostrophe. */
function unwrap(text: string): string {
  if (!odd.test(text)) return text
  const formula = /^="(.*)"$/.exec(text)
  return (formula?.[1] ?? text).replace(/^['\u2018\u2019]/, '').trim()
}

const exponent = /^-?\d+(?:[.,]\d+)?E\+?\d+$/i

/** A spreadsheet keeps 15 digits of a number: a long one was cut, even when it looks whole. */
function digitsLost<T extends 'nik' | 'household'>(
  cell: Cell | undefined,
  field: T,
): `${T}.number_cell` | `${T}.exponent` | undefined {
  const text = cellText(cell)
  if (exponent.test(text) && (typeof cell === 'string' || field === 'nik')) return `${field}.exponent`
  if (typeof cell !== 'object') return undefined
  return field === 'nik' || text.length > 15 || exponent.test(text) ? `${field}.number_cell` : undefined
}

function readHousehold(
  cell: Cell | undefined,
  kind: 'id' | 'kk',
  nik: string,
): { readonly key: string } | { readonly problem: RowProblem } {
  const lost = digitsLost(cell, 'household')
  if (lost !== undefined) return { problem: lost }
  const number = unwrap(cellText(cell))
  if (number === '') return { problem: 'household.empty' }
  if (kind === 'id') return { key: `id:${number}` }
  const digits = number.replaceAll(/[\s.\-\u00a0\u200b]/g, '')
  if (!/^\d{16}$/.test(digits)) return { problem: 'household.length' }
  if (digits === nik) return { problem: 'nik.equals_family_card' }
  return { key: `kk:${digits}` }
}

const yes = new Set(['ya', 'y', 'yes', '1', 'true', 'iya', 'ada', 'penerima'])
const no = new Set(['tidak', 't', 'tdk', 'no', '0', 'false', 'bukan', 'bukan penerima', '-', ''])

/** An empty flag is a no: list files leave out what is not. */
function readFlag(text: string): boolean | undefined {
  const flag = text.toLowerCase()
  if (yes.has(flag)) return true
  return no.has(flag) ? false : undefined
}
