import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** A run of eight or more digits, also with single blanks, dots or hyphens between: a NIK, KK or phone. Not a date. */
const longNumber = /(?<!\d)(?!\d{4}-\d{2}-\d{2})\d(?:[ .-]?\d){7,}/g

/** Masks every long number: the one place that keeps identifiers out of what is written. */
export function maskLongNumbers(text: string): string {
  return text.replace(longNumber, '#')
}

/** What is worth knowing of an error. A database error carries its connection along, which is not. */
function describeError(error: Error): Record<string, unknown> {
  const { name: type, message, stack } = error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const cause = error.cause instanceof Error ? { cause: describeError(error.cause) } : {}
  return { type, message, code, stack, ...cause }
}

/** A logger of JSON lines to standard error, or to `destination`. Times are ISO; every long number is masked. */
export function createLogger(
  level: string,
  destination: { write(line: string): unknown } = process.stderr,
): Logger {
  const masked: DestinationStream = { write: (line) => void destination.write(maskLine(line)) }
  const serializers = { err: describeError }
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers }, masked)
}

/** Masks within strings, and whole numbers that are long: the line stays JSON. */
function maskLine(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]{7,}/g, (part) =>
    part.startsWith('"') ? maskLongNumbers(part) : '"#"',
  )
}
