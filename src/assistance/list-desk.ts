import type { Officer } from '../staff/officer.ts'
import type { TableFault } from '../tables/table.ts'
import type { ImportRun, ImportWish } from './import-run.ts'
import type { Mapping } from './layout.ts'
import type { ListPreview } from './preview-list.ts'
import type { ListVersion, SwitchBackOutcome } from './store-list.ts'

/** What officers do with lists at the desk. Everything is in the trail, with the officer's id. */
export interface ListDesk {
  versions(): Promise<readonly ListVersion[]>
  switchBack(kind: string, by: Officer): Promise<SwitchBackOutcome>
  /** Where the bytes of a file that is being brought go; the import is added once it is whole. */
  beginUpload(): Promise<{ readonly id: string; readonly file: string }>
  /** The import of the file that was brought; a fault when it is no table, and then the file is gone. */
  addUpload(id: string, wish: Omit<ImportWish, 'by'>, by: Officer): Promise<ImportRun | TableFault>
  dropUpload(id: string): Promise<void>
  /** The latest. */
  runs(): Promise<readonly ImportRun[]>
  run(id: string): Promise<ImportRun | undefined>
  /** What the file seems to hold; a fault when it is no table. */
  preview(run: ImportRun): Promise<ListPreview | TableFault>
  /** Has the file checked with these columns; false when it is under way or over. */
  check(id: string, mapping: Mapping, by: Officer): Promise<boolean>
  /** Has a checked file loaded and put in force; false when it was not checked. */
  load(id: string, by: Officer): Promise<boolean>
  /** Gives the import up and removes its file; false when it is being loaded, or over. */
  cancel(id: string, by: Officer): Promise<boolean>
  /** The report on rows set aside: reading it is noted. */
  quarantine(run: ImportRun, by: Officer): Promise<Uint8Array | undefined>
}
