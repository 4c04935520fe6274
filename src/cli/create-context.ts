import { createInterface } from 'node:readline'
import type { Config } from '../config.ts'
import { createLogger } from '../log.ts'
import { readFlowTexts } from '../storage/flow-files.ts'
import type { CliContext } from './context.ts'

/** The context of a command run by a person: standard input, output and error. */
export function createCliContext(config: Config): CliContext {
  const log = createLogger(config.logLevel)
  return {
    config,
    log,
    dataDir: config.dataDir,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    now: () => config.fixedNow ?? new Date(),
    lines: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
    isTerminal: process.stdin.isTTY === true,
    readFlowTexts,
    openApp: async () => (await import('../app.ts')).openApp(config, log),
  }
}
