import type { RowCounts } from './row-findings.ts'
import type { ShopField, ShopLayout, ShopMapping } from './shop-columns.ts'

/** How a source is written: it stays with the shops, so that the same list can be brought again. */
export const sourcePattern = /^[a-z][a-z0-9_-]{1,30}$/

/** What is asked for. */
export interface ShopImportRequest {
  readonly file: string
  /** Whose list it is, such as `dinkop-2026`. */
  readonly source: string
  readonly mapping?: ShopMapping | undefined
  /** Everything but the loading. */
  readonly dryRun?: boolean
  /** An officer's id, or who works at the console. */
  readonly by: string
}

/** What became of the shops of the rows that were taken. */
export interface ShopCounts {
  /** New here. */
  readonly added: number
  /** Here already, and now as the list has them. */
  readonly changed: number
  /** Here already, and the same. */
  readonly unchanged: number
  /** They have an owner by now, who alone changes them. */
  readonly owned: number
}

/** What an import did. Of a dry run `shops` is what it would have done. */
export interface ShopImportReport extends RowCounts {
  readonly shops: ShopCounts
  /** Where the findings about rows are listed; undefined when there are none. */
  readonly reportFile: string | undefined
}

/** How an import ended. */
export type ShopImportOutcome =
  | { readonly type: 'imported' | 'dry_run' | 'nothing_accepted'; readonly report: ShopImportReport }
  | {
      readonly type: 'unknown_layout'
      readonly missing: readonly ShopField[]
      readonly absent: readonly string[]
      readonly layout: ShopLayout
    }

/** How far an import is. */
export interface ShopImportProgress {
  readonly rows: number
  /** Bytes of the file read so far, and in all. */
  readonly bytes: number
  readonly size: number
}

/** Imports a list of UMKM; whatever ends it early, calling it again brings the rest. */
export type ImportShops = (
  request: ShopImportRequest,
  onProgress?: (progress: ShopImportProgress) => void,
) => Promise<ShopImportOutcome>
