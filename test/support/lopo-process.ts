import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A `lopo` command as a process of its own. */
export interface LopoProcess {
  readonly child: ChildProcess
  /** Everything written to standard output and error so far. */
  output(): string
  /** What of it went to standard output. */
  out(): string
  /** Resolves once the output matches; rejects when the process ends before. */
  until(pattern: RegExp): Promise<void>
  /** Resolves with the exit status once it has ended by itself and all that it wrote is there, null after a signal. */
  ended(): Promise<number | null>
  /** Ends it by the signal and waits; resolves with the exit status, null after a signal. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const node = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))

/** Starts `lopo ARGS` with these settings; `stdin` is written to it whole. */
export function startLopo(
  args: readonly string[],
  settings: Record<string, string>,
  stdin = '',
): LopoProcess {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', main, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(stdin)
  let output = ''
  let out = ''
  const watchers = new Set<() => void>()
  const note = (chunk: Buffer) => {
    output += String(chunk)
    for (const watcher of watchers) watcher()
  }
  child.stdout.on('data', (chunk: Buffer) => {
    out += String(chunk)
    note(chunk)
  })
  child.stderr.on('data', note)
  const exited = once(child, 'exit')
  const closed = once(child, 'close')
  return {
    child,
    output: () => output,
    out: () => out,
    until(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(output)) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        void exited.then(() => reject(new Error(`lopo ended before ${pattern}: ${output.slice(-2_000)}`)))
        look()
      })
    },
    async ended() {
      const [code] = await closed
      return code
    },
    async end(signal) {
      child.kill(signal)
      const [code] = await exited
      return code
    },
  }
}
