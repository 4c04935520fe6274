import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** A run of eight or more digits, also with single blanks, dots or hyphens between: a NIK, KK or phone. Not a date. */
const longNumber = /(?<!\d)(?!\d{4}-\d{2}-\d{2})\d(?:[ .-]?\d){7,}/g

/** Masks every long number: the one place that keeps identifiers out of what is written. */
export function maskLongNumbers(text: string): string {
  return text.replace(longNumber, '#')
}

/** A logger of JSON lines to standard error, or to `destination`. Times are ISO; every long number is masked. */
export function createLogger(
  level: string,
  destination: { write(line: string): unknown } = process.stderr,
): Logger {
  const masked: DestinationStream = { write: (line) => void destination.write(maskLongNumbers(line)) }
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, masked)
}
