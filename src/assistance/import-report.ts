import type { Field, Mapping } from './layout.ts'
import type { RowCounts } from './row-check.ts'

/** What an officer asks for. */
export interface ImportRequest {
  readonly file: string
  /** The id that the version gets, a UUID: what has one is loaded once, however often it is asked for. */
  readonly id?: string
  /** `p3ke`, `dtsen`, … */
  readonly kind: string
  /** The list's name as a resident reads it. */
  readonly title: string
  /** The day that the list describes, `yyyy-mm-dd`. */
  readonly asOf: string
  /** The time that the answers are about, as a resident reads it. */
  readonly period?: string | undefined
  /** Synthetic data. */
  readonly demo?: boolean
  /** Everything but the loading. */
  readonly dryRun?: boolean
  readonly mapping?: Mapping | undefined
  /** Who imports. */
  readonly by: string
}

/**
 * What makes a good list doubtful. `zeros`: so many NIKs end in 0 that a spreadsheet program must have cut them;
 * `same_file`: this very file was imported before; `no_…`: the file has no such column.
 */
export type ImportWarning = 'zeros' | 'same_file' | 'no_birth_date' | 'no_name' | 'no_programmes'

/** What an import did. */
export interface ImportReport extends RowCounts {
  /** The id of the new version; null after a dry run. */
  readonly version: string | null
  /** Whether that version is in force now. */
  readonly active: boolean
  /** Where the quarantined rows are listed; undefined when there are none. */
  readonly reportFile: string | undefined
  readonly warnings: readonly ImportWarning[]
}

/** How an import ended. In all cases but `imported` the version before is still in force. */
export type ImportOutcome =
  | { readonly type: 'imported' | 'dry_run' | 'nothing_accepted'; readonly report: ImportReport }
  | {
      readonly type: 'unknown_layout'
      /** The mapping file to fill in. */
      readonly mappingFile: string
      readonly missing: readonly Field[]
      readonly absent: readonly string[]
      readonly headings: readonly string[]
    }
  /** Another import of the same list is running. */
  | { readonly type: 'busy' }

/** How far an import is. */
export interface ImportProgress {
  readonly rows: number
  /** Bytes of the file read so far, and in all. */
  readonly bytes: number
  readonly size: number
}
