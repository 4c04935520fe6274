import { constants } from 'node:os'
import type { Terminal } from './create-context.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** How long an orderly end may take after a signal. */
const endPatienceMs = 20_000

/** The terminal of this process. A signal, or a reader who went away, breaks off what runs. */
export function createProcessTerminal(): Terminal {
  return { input: process.stdin, out: process.stdout, err: process.stderr, brokenOff: untilBrokenOff }
}

/** Resolves with the exit status that belongs to the first signal, or with 0 when nobody reads the output any more. */
function untilBrokenOff(): Promise<number> {
  return new Promise((resolve) => {
    const end = (status: number) => {
      setTimeout(() => process.exit(1), endPatienceMs).unref()
      resolve(status)
    }
    // Listened to for good: npm passes a Ctrl-C on a second time, and that must not cut the end short.
    for (const signal of signals) process.on(signal, () => end(128 + constants.signals[signal]))
    process.stdout.on('error', () => end(0))
  })
}
