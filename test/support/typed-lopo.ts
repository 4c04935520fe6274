import { Readable } from 'node:stream'
import type { Terminal } from '../../src/cli/create-context.ts'
import { runCommandLine } from '../../src/cli/run.ts'

/** What became of a command line. */
export interface Typed {
  readonly code: number
  /** What was written to standard output, and to it and standard error. */
  readonly out: string
  readonly all: string
}

/**
 * Types `lopo ARGS` with these settings, in this process: all but the process itself is as it is for a person. `stdin` is what it
 * reads.
 */
export async function typeLopo(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  stdin = '',
): Promise<Typed> {
  const out: string[] = []
  const all: string[] = []
  const terminal: Terminal = {
    input: Readable.from([stdin]),
    out: {
      write(text) {
        out.push(text)
        all.push(text)
      },
    },
    err: { write: (text) => all.push(text) },
    brokenOff: () => new Promise(() => undefined),
  }
  const code = await runCommandLine(args, () => settings, terminal)
  return { code, out: out.join(''), all: all.join('') }
}
