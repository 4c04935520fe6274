import { tableFaults } from '../../tables/table.ts'
import type { ShopCounts } from './import-outcome.ts'
import type { RowCounts } from './row-findings.ts'
import type { ShopMapping } from './shop-columns.ts'

/**
 * How far an import from the desk is. `checking` and `loading` are work for a process; `checked` waits for the officer to load the
 * shops; `loaded`, `refused` and `cancelled` are the end.
 */
export const importStates = [
  'uploaded',
  'checking',
  'checked',
  'loading',
  'loaded',
  'refused',
  'cancelled',
] as const
export type ImportState = (typeof importStates)[number]

/** Why an import was refused: the file cannot be read, its columns are not known, no row can be taken, something broke. */
export const importFaults = [...tableFaults, 'unknown_layout', 'nothing_accepted', 'failed'] as const
export type ImportFault = (typeof importFaults)[number]

/** What an officer says of a file. */
export interface ImportWish {
  readonly source: string
  readonly fileName: string
  /** Bytes. */
  readonly size: number
  /** An officer's id. */
  readonly by: string
}

/** What the last check or load found. */
export interface ImportFinding extends RowCounts {
  readonly shops: ShopCounts
}

/** One list of UMKM at the desk. */
export interface MarketImport extends ImportWish {
  readonly id: string
  readonly state: ImportState
  readonly mapping: ShopMapping | undefined
  /** Rows and bytes read so far. */
  readonly rows: number
  readonly bytes: number
  readonly finding: ImportFinding | undefined
  /** Base name of the report on rows. */
  readonly reportFile: string | undefined
  readonly fault: ImportFault | undefined
  readonly createdAt: Date
}
