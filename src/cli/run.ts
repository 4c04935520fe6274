import { z } from 'zod'
import packageFile from '../../package.json' with { type: 'json' }
import { parseConfig } from '../config.ts'
import { type Command, UsageError } from './command.ts'
import { commands } from './commands.ts'
import type { CliContext } from './context.ts'
import { createCliContext, type Terminal } from './create-context.ts'

/** Runs the command that was typed, the words behind the program's name, and tells its exit status. `readEnvironment`: its settings. */
export async function runCommandLine(
  [name = 'help', ...args]: readonly string[],
  readEnvironment: () => NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<number> {
  const print = (text: string): number => {
    terminal.out.write(text)
    return 0
  }
  if (['help', '--help', '-h'].includes(name)) return print(await listOfCommands())
  if (['--version', '-v'].includes(name)) return print(`${packageFile.version}\n`)
  const load = commands.get(name)
  if (load === undefined) {
    terminal.err.write(`lopo: there is no command "${name}"; "lopo help" lists them\n`)
    return 1
  }
  try {
    const command = await load()
    if (args.includes('--help') || args.includes('-h')) return print(describe(command))
    return await run(command, args, createCliContext(parseConfig(readEnvironment()), terminal), terminal)
  } catch (error) {
    terminal.err.write(`${explain(error)}\n`)
    return 1
  }
}

/** Runs a command; a signal, or a reader who went away, breaks it off in order. */
async function run(
  command: Command,
  args: readonly string[],
  context: CliContext,
  terminal: Terminal,
): Promise<number> {
  const brokenOff = terminal.brokenOff()
  const done = command.run(args, context)
  if (command.endsOnSignal === true) return done
  const status = await Promise.race([done, brokenOff])
  // What is broken off may still fail by that: nobody wants to hear of it.
  done.catch(() => undefined)
  await context.leave()
  return status
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
