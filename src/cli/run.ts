import { constants } from 'node:os'
import { z } from 'zod'
import packageFile from '../../package.json' with { type: 'json' }
import { parseConfig, readEnvironment } from '../config.ts'
import { type Command, UsageError } from './command.ts'
import { commands } from './commands.ts'
import { createCliContext } from './create-context.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** How long an orderly end may take after a signal. */
const endPatienceMs = 20_000

/** Runs the command that was typed, words without the program's name, and tells its exit status. */
export async function runCommandLine([name = 'help', ...args]: readonly string[]): Promise<number> {
  if (['help', '--help', '-h'].includes(name)) return print(await listOfCommands())
  if (['--version', '-v'].includes(name)) return print(`${packageFile.version}\n`)
  const load = commands.get(name)
  if (load === undefined) {
    process.stderr.write(`lopo: there is no command "${name}"; "lopo help" lists them\n`)
    return 1
  }
  try {
    const command = await load()
    if (args.includes('--help') || args.includes('-h')) return print(describe(command))
    return await run(command, args)
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    return 1
  }
}

/** Runs a command; a signal, or a reader who went away, breaks it off in order. */
async function run(command: Command, args: readonly string[]): Promise<number> {
  const context = createCliContext(parseConfig(readEnvironment()))
  const brokenOff = untilBrokenOff()
  const done = command.run(args, context)
  if (command.endsOnSignal === true) return done
  const status = await Promise.race([done, brokenOff])
  // What is broken off may still fail by that: nobody wants to hear of it.
  done.catch(() => undefined)
  await context.leave()
  return status
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

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

async function listOfCommands(): Promise<string> {
  const all = await Promise.all([...commands.values()].map((load) => load()))
  return all.map(describe).join('')
}

function describe({ usage, summary }: Command): string {
  return `  lopo ${usage.replaceAll('\n', '\n  lopo ')}\n      ${summary}\n`
}

/** What went wrong, without a stack: the log has that where it helps. Our own errors may list several problems. */
function explain(error: unknown): string {
  if (error instanceof z.ZodError) return `lopo: ${z.prettifyError(error)}`
  if (!(error instanceof Error)) return 'lopo: something failed'
  if (error instanceof UsageError || error.name === 'ConfigError') return error.message
  const [first = 'something failed'] = error.message.split('\n').filter((line) => line.trim() !== '')
  const what = error.name === 'Error' ? error.message : first
  const cause = error.cause instanceof Error ? ` (${error.cause.message.split('\n')[0]})` : ''
  return `lopo: ${what}${cause}`
}
