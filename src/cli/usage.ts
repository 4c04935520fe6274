import { type ParseArgsConfig, parseArgs } from 'node:util'
import { maskDigits } from '../language/mask.ts'
import { UsageError } from './command.ts'

/** The error for what cannot be done as typed: what is wrong, and then how the command is written, a form a line. */
export function wrongUsage(what: string, usage: string, cause?: unknown): UsageError {
  const forms = usage.split('\n').map((form) => `lopo ${form}`)
  // What was typed in a wrong place may be a person's number.
  return new UsageError(`lopo: ${maskDigits(what)}\n${forms.join('\n')}`, { cause })
}

/** Reads options and positional arguments; throws a UsageError that names the one that is wrong. */
export function readOptions<T extends ParseArgsConfig['options']>(
  args: readonly string[],
  usage: string,
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (cause) {
    const [what = 'wrong options'] = cause instanceof Error ? cause.message.split('. ') : []
    throw wrongUsage(what.charAt(0).toLowerCase() + what.slice(1), usage, cause)
  }
}
