import { type Command, UsageError } from './cli/command.ts'
import { commands } from './cli/commands.ts'
import { createCliContext } from './cli/create-context.ts'
import { ConfigError, parseConfig, readEnvironment } from './config.ts'

/** Runs one command and ends the process with its status. Libraries may hold timers: nothing is left to wait for. */
async function main(): Promise<number> {
  const [name = 'help', ...args] = process.argv.slice(2)
  const load = commands.get(name)
  if (load === undefined) {
    process.stdout.write(await listOfCommands())
    return name === 'help' || name === '--help' ? 0 : 1
  }
  try {
    const command = await load()
    if (args.includes('--help')) {
      process.stdout.write(describe(command))
      return 0
    }
    return await command.run(args, createCliContext(parseConfig(readEnvironment())))
  } catch (error) {
    process.stderr.write(`${oneLine(error)}\n`)
    return 1
  }
}

async function listOfCommands(): Promise<string> {
  const all = await Promise.all([...commands.values()].map((load) => load()))
  return all.map(describe).join('')
}

function describe({ usage, summary }: Command): string {
  return `  lopo ${usage.replaceAll('\n', '\n  lopo ')}\n      ${summary}\n`
}

/** What went wrong, without a stack: the log has that where it helps. */
function oneLine(error: unknown): string {
  if (error instanceof ConfigError || error instanceof UsageError) return error.message
  if (!(error instanceof Error)) return 'lopo: something failed'
  const cause = error.cause instanceof Error ? ` (${error.cause.message.split('\n')[0]})` : ''
  return `lopo: ${error.message.split('\n')[0]}${cause}`
}

process.exitCode = await main()
process.stdout.write('', () => process.exit())
