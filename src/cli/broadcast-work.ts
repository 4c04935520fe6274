import type { App } from '../app.ts'
import type { BroadcastDesk } from '../broadcast/broadcast-desk.ts'
import type { CliContext } from './context.ts'

/** What was typed after `lopo broadcast` and its word. */
export interface Typed {
  readonly number: number
  readonly file: string
  readonly json: boolean
  readonly all: boolean
  readonly again: boolean
  readonly out?: string | undefined
  readonly picture?: string | undefined
  readonly reason?: string | undefined
}

/** What a word works with. */
export interface Work {
  readonly desk: BroadcastDesk
  readonly app: App
  readonly context: CliContext
}

/** One of the words that may follow `lopo broadcast`. */
export interface Word {
  readonly takes: readonly ('number' | 'file')[]
  run(work: Work, typed: Typed): Promise<void>
}
