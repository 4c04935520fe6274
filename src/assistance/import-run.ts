import { tableFaults } from '../tables/table.ts'
import type { ImportWarning } from './import-report.ts'
import type { Mapping } from './layout.ts'

/**
 * How far an import from the desk is. `checking` and `loading` are work for a process; `checked` waits for the officer to put
 * the list in force; `loaded`, `refused` and `cancelled` are the end.
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

/** Why an import was refused: the file cannot be read, its columns are not known, no row can be trusted, another one runs. */
export const importFaults = [...tableFaults, 'unknown_layout', 'nothing_accepted', 'busy', 'failed'] as const
export type ImportFault = (typeof importFaults)[number]

/** What an officer says of a list file. */
export interface ImportWish {
  readonly kind: string
  readonly title: string
  /** `yyyy-mm-dd` */
  readonly asOf: string
  readonly period: string | undefined
  readonly fileName: string
  /** Bytes. */
  readonly size: number
  /** An officer's id. */
  readonly by: string
}

/** What the last check or load found. */
export interface ImportFinding {
  readonly rows: number
  readonly accepted: number
  readonly quarantined: number
  /** By problem. */
  readonly reasons: Readonly<Record<string, number>>
  readonly warnings: readonly ImportWarning[]
}

/** One list file at the desk. */
export interface ImportRun extends ImportWish {
  readonly id: string
  readonly state: ImportState
  readonly mapping: Mapping | undefined
  /** Rows and bytes read so far. */
  readonly rows: number
  readonly bytes: number
  readonly finding: ImportFinding | undefined
  /** Base name of the report on rows set aside. */
  readonly reportFile: string | undefined
  readonly fault: ImportFault | undefined
  readonly createdAt: Date
}
