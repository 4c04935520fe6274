/** Why a row is set aside. The words for an officer stand in flows/content/meja-umkm-impor.yaml. */
export const rowProblems = [
  'name.empty',
  'key.nik',
  'key.number_cell',
  'key.twice',
  'kelurahan.empty',
  'kelurahan.unknown',
] as const
export type RowProblem = (typeof rowProblems)[number]

/** What is left out of a row that is taken all the same. */
export const rowNotes = ['phone.unreadable', 'nib.unreadable'] as const
export type RowNote = (typeof rowNotes)[number]

/** One thing about one row, for the report. `value` is the cell as it stands in the file. */
export interface RowFinding {
  readonly row: number
  readonly column: string
  readonly what: RowProblem | RowNote
  readonly value: string
}

/** What became of the rows. */
export interface RowCounts {
  readonly rows: number
  readonly accepted: number
  readonly quarantined: number
  /** Rows set aside, by problem. */
  readonly reasons: Readonly<Record<string, number>>
  /** Rows taken without something, by note. */
  readonly notes: Readonly<Record<string, number>>
}
