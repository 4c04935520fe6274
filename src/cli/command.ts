import type { CliContext } from './context.ts'

/** One `lopo` command. `run` gets what follows its name, and returns the exit status. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string
  /** How it is written, one form a line. */
  readonly usage: string
  run(args: readonly string[], context: CliContext): Promise<number>
  /** Whether `run` itself ends on a signal: then it is waited for. Others are broken off. */
  readonly endsOnSignal?: boolean
}

/** What a person typed cannot be done: the message is the one line that tells why. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
