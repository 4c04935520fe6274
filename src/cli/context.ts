import type { App } from '../app.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { FlowTexts } from '../storage/flow-files.ts'

/** What commands are given. Results go to `out`, everything else to `err`. */
export interface CliContext {
  readonly config: Config
  readonly log: Logger
  readonly dataDir: string
  out(text: string): void
  err(text: string): void
  now(): Date
  /** The lines of standard input, to its end. */
  lines(): AsyncIterable<string>
  readonly isTerminal: boolean
  readFlowTexts(): Promise<FlowTexts>
  /** Opens the database and builds the house; the command closes it. */
  openApp(): Promise<App>
  /** Closes every house that is open, in some seconds at most: for when the person breaks the command off. */
  leave(): Promise<void>
}
