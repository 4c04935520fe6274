import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import type { App } from '../app.ts'
import type { Config } from '../config.ts'
import { createLogger } from '../log.ts'
import { readFlowTexts } from '../storage/flow-files.ts'
import type { CliContext } from './context.ts'

const patienceMs = 2_000

/** Where a command line is typed: what it reads, where it writes, and how it is told to stop. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly out: Writes
  readonly err: Writes
  /** Resolves with an exit status when the person breaks off what runs. */
  brokenOff(): Promise<number>
}

interface Writes {
  write(text: string): unknown
}

/** The context of a command that was typed at a terminal. */
export function createCliContext(config: Config, { input, out, err }: Terminal): CliContext {
  const log = createLogger(config.logLevel, err)
  const opened: App[] = []
  return {
    config,
    log,
    dataDir: config.dataDir,
    out: (text) => void out.write(text),
    err: (text) => void err.write(text),
    now: () => config.fixedNow ?? new Date(),
    lines: () => createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }),
    isTerminal: input.isTTY === true,
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
