import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import type { App } from '../app.ts'
import type { Config } from '../config.ts'
import { createLogger } from '../log.ts'
import { readFlowTexts } from '../storage/flow-files.ts'
import type { CliContext } from './context.ts'

const patienceMs = 2_000

/** The context of a command run by a person: standard input, output and error. */
export function createCliContext(config: Config): CliContext {
  const log = createLogger(config.logLevel)
  const opened: App[] = []
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
    async openApp() {
      const { openApp } = await import('../app.ts')
      const app = await openApp(config, log)
      opened.push(app)
      return app
    },
    async leave() {
      // What is under way may never end: the server is left all the same.
      const closed = Promise.all(opened.map((app) => app.close())).catch(() => undefined)
      await Promise.race([closed, wait(patienceMs)])
      await Promise.all(opened.map((app) => app.storage.leave()))
    },
  }
}
