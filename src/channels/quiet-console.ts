import type { Logger } from '../log.ts'

/**
 * What libsignal prints, by how it begins. It prints whole sessions with their private keys behind these words:
 * https://github.com/WhiskeySockets/Baileys/issues/2098
 */
const known = [
  'Closing session',
  'Opening session',
  'Removing old closed session',
  'Session already closed',
  'Session already open',
  'Migrating session to',
  'V1 session storage migration error',
  'Closing open session in favor of incoming prekey bundle',
  'Failed to decrypt message with any known session',
  'Session error',
  'Decrypted message with closed session',
  'WARNING: Expected pubkey of length 33',
  'Unhandled bucket type (for naming)',
] as const

/** Everything that prints. */
const methods = [
  ...(['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'dirxml', 'table'] as const),
  ...(['assert', 'group', 'groupCollapsed', 'count', 'countReset', 'timeLog', 'timeEnd'] as const),
] as const

let restore: (() => void) | undefined

/**
 * From now on nothing that is printed through the console reaches an output: the log gets a fixed phrase in its place, and no
 * argument. This house prints nothing that way. Returns how to undo it; a second call changes nothing.
 */
export function quietConsole(log: Pick<Logger, 'debug'>): () => void {
  if (restore !== undefined) return restore
  const printer = console
  const before = methods.map((method) => [method, printer[method]] as const)
  const note = (first: unknown) => {
    const phrase = typeof first === 'string' ? known.find((words) => first.startsWith(words)) : undefined
    log.debug({ printed: phrase ?? 'something else' }, 'a library printed something')
  }
  for (const method of methods) printer[method] = note
  const undo = () => {
    if (restore !== undo) return
    for (const [method, original] of before) Object.assign(printer, { [method]: original })
    restore = undefined
  }
  restore = undo
  return undo
}

/** The logger that the WhatsApp library takes. */
export interface LibraryLogger {
  level: string
  child(fields: Record<string, unknown>): LibraryLogger
  trace(fields: unknown, text?: string): void
  debug(fields: unknown, text?: string): void
  info(fields: unknown, text?: string): void
  warn(fields: unknown, text?: string): void
  error(fields: unknown, text?: string): void
}

/**
 * A logger for the library: what it logs beside its words are stanzas, ids of people, and keys, so only words go on, and only
 * such as name nobody.
 */
export function baileysLogger(log: Pick<Logger, 'debug' | 'warn'>): LibraryLogger {
  const pass = (level: 'debug' | 'warn') => (fields: unknown, text?: string) => {
    const words = typeof fields === 'string' ? fields : text
    if (words !== undefined && isHarmless(words)) log[level]({ library: 'baileys' }, words)
  }
  const logger: LibraryLogger = {
    // Below this level the library composes what would be dropped anyway.
    level: 'info',
    child: () => logger,
    trace: () => undefined,
    debug: () => undefined,
    info: pass('debug'),
    warn: pass('warn'),
    error: pass('warn'),
  }
  return logger
}

/** Numbers of people, ids, and keys in all forms that bytes are printed in. */
function isHarmless(words: string): boolean {
  return words.length <= 200 && !/\d(?:[ .,-]?\d){4,}|@|[\w+/=-]{28,}|[{}[\]<\n]/.test(words)
}
