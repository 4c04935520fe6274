import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { baileysLogger, quietConsole } from '../../src/channels/quiet-console.ts'
import { createLogger } from '../../src/log.ts'

const key = 'qGX0wYpNbJmQk3v5T7zR1sU4aB8cD2eF6gH9iJ0kL1M='
const jid = '6281200000001@s.whatsapp.net'
const session = { currentRatchet: { ephemeralKeyPair: { privKey: Buffer.from(key, 'base64') } }, jid }
const secrets = [
  key,
  'privKey',
  'ratchet',
  '6281200000001',
  '812-0000-0001',
  's.whatsapp.net',
  'SessionEntry',
]

/** A log whose lines are kept, down to the lowest level. */
function keptLog() {
  const lines: string[] = []
  return { lines, log: createLogger('trace', { write: (line) => void lines.push(line) }) }
}

/** What libraries print with: this house itself never does. */
const printer = console
let undo: (() => void) | undefined
const before = { ...console }
afterEach(() => {
  undo?.()
  undo = undefined
  expect({ ...console }).toEqual(before)
})

/** Runs with a quiet console whose own methods were made to note what they print. */
function quietly(run: () => void): { readonly lines: readonly string[]; readonly printed: unknown[] } {
  const { lines, log } = keptLog()
  const printed: unknown[] = []
  const spied = Object.keys(console).filter((name) => name !== 'Console')
  for (const name of spied) Reflect.set(console, name, (...given: unknown[]) => printed.push(name, ...given))
  undo = quietConsole(log)
  try {
    run()
  } finally {
    undo()
    Object.assign(console, before)
  }
  return { lines, printed }
}

describe('quietConsole', () => {
  it('prints nothing, and logs by name what it knows without anything of it', () => {
    const { lines, printed } = quietly(() => {
      printer.info('Closing session:', session)
      printer.error(`Session error:${new Error(jid)}`, new Error(key).stack)
    })
    expect(printed).toEqual([])
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { printed: 'Closing session', msg: 'a library printed something' },
      { printed: 'Session error', msg: 'a library printed something' },
    ])
    for (const secret of secrets) expect(lines.join()).not.toContain(secret)
  })

  it('logs of anything else only that it was', () => {
    const { lines, printed } = quietly(() => {
      for (const given of [session, key, jid, undefined, null, 5, new Error(jid)]) printer.warn(given)
      printer.log()
      printer.log('SessionEntry %o', session)
    })
    expect(printed).toEqual([])
    expect(lines).toHaveLength(9)
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ printed: 'something else' })
    for (const secret of secrets) expect(lines.join()).not.toContain(secret)
  })

  it('leaves no way to print', () => {
    const silent = ['Console', 'clear', 'groupEnd', 'time', 'profile', 'profileEnd', 'timeStamp', 'context']
    const names = Object.keys(console).filter((name) => ![...silent, 'createTask'].includes(name))
    const { printed } = quietly(() => {
      for (const name of names) Reflect.apply(Reflect.get(console, name), console, [session])
    })
    expect(names.length).toBeGreaterThan(14)
    expect(printed).toEqual([])
  })

  it('is quiet once, however often it is asked, and can be undone', () => {
    const first = keptLog()
    const second = keptLog()
    undo = quietConsole(first.log)
    expect(quietConsole(second.log)).toBe(undo)
    printer.log('x')
    expect([first.lines.length, second.lines.length]).toEqual([1, 0])
    const undoFirst = undo
    undoFirst()
    expect({ ...console }).toEqual(before)
    undo = quietConsole(second.log)
    printer.log('x')
    undoFirst()
    printer.log('x')
    expect([first.lines.length, second.lines.length]).toEqual([1, 2])
  })

  it('knows every phrase that libsignal prints', () => {
    const { lines } = quietly(() => {
      for (const phrase of libsignalPhrases()) printer.info(phrase)
    })
    expect(lines.length).toBeGreaterThan(10)
    for (const line of lines) expect(JSON.parse(line).printed).not.toBe('something else')
  })
})

/** What must never be read anywhere, in the forms that it is printed in. */
const keys = fc.uint8Array({ minLength: 32, maxLength: 33 }).map((bytes) => Buffer.from(bytes))
const digits = fc.stringMatching(/^8\d{8,11}$/)
const secretWords = fc.oneof(
  keys.map((bytes) => bytes.toString('base64')),
  keys.map((bytes) => bytes.toString('base64url')),
  keys.map((bytes) => bytes.toString('hex')),
  keys.map((bytes) => new Uint8Array(bytes).toString()),
  keys.map((bytes) => inspect(bytes)),
  digits.map((number) => `+62${number}`),
  digits.map((number) => `0${number.replace(/(.{3})(.{4})/, '$1-$2-')}`),
  digits.map((number) => `+62 ${number.replace(/(.{3})(.{4})/, '$1 $2 ')}`),
  digits.map((number) => `(0${number.slice(0, 3)}) ${number.slice(3)}`),
  digits.map((number) => `62${number}:7@s.whatsapp.net`),
  fc.stringMatching(/^[1-9]\d{0,14}$/).map((number) => `${number}@lid`),
)
const carriers: readonly ((secret: string) => unknown)[] = [
  (secret) => secret,
  (secret) => ({ deep: [{ secret }] }),
  (secret) => ({ [secret]: true }),
  (secret) => new Error(secret),
  (secret) => new Map([[secret, secret]]),
  (secret) => Buffer.from(secret),
  (secret) => Symbol(secret),
  (secret) => ({ toString: () => secret, toJSON: () => secret }),
]
const carried = fc
  .tuple(secretWords, fc.constantFrom(...carriers))
  .map(([secret, carry]) => ({ secret, value: carry(secret) }))

it('hides any secret in any place of what is printed, by any way to print', () => {
  const ways = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table', 'assert', 'group'] as const
  const phrases = fc.constantFrom(
    'Closing session:',
    'Session error:',
    'Decrypted message with closed session.',
    '',
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...ways),
      phrases,
      carried,
      fc.nat({ max: 3 }),
      (way, phrase, { secret, value }, at) => {
        const { lines, printed } = quietly(() => {
          const given: unknown[] = [phrase, 'x', {}]
          given.splice(at, 0, value)
          Reflect.apply(printer[way], printer, given)
          Reflect.apply(printer[way], printer, [`${phrase}${secret}`])
        })
        expect(printed).toEqual([])
        for (const line of lines) {
          expect(Object.keys(JSON.parse(line)).sort()).toEqual(['level', 'msg', 'printed', 'time'])
          expect(line).not.toContain(secret)
        }
      },
    ),
  )
})

/** The literals at the beginning of what it prints. */
function libsignalPhrases(): readonly string[] {
  const ofBaileys = createRequire(createRequire(import.meta.url).resolve('@whiskeysockets/baileys'))
  const library = 'libsignal'
  const folder = join(dirname(ofBaileys.resolve(library)), 'src')
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8').replace(/^\s*\/\/.*$/gm, ''))
  return sources.flatMap((source) =>
    [...source.matchAll(/console\.\w+\(\s*(["'`])(.*?)\1/g)].map(([, , phrase = '']) => phrase),
  )
}

describe('baileysLogger', () => {
  it('passes on words, and never what comes with them', () => {
    const { lines, log } = keptLog()
    const logger = baileysLogger(log)
    logger.error({ key: { remoteJid: jid }, err: new Error(key), node: session }, 'failed to decrypt message')
    logger.warn('keep alive called when WS not open', key)
    logger.info({ node: session }, 'logging in...')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 40, library: 'baileys', msg: 'failed to decrypt message' },
      { level: 40, library: 'baileys', msg: 'keep alive called when WS not open' },
      { level: 20, library: 'baileys', msg: 'logging in...' },
    ])
    for (const line of lines) {
      expect(Object.keys(JSON.parse(line)).sort()).toEqual(['level', 'library', 'msg', 'time'])
    }
    for (const secret of secrets) expect(lines.join()).not.toContain(secret)
  })

  it.each([
    `sent to ${jid}`,
    'number 6281200000001',
    'number 0812-0000-0001',
    'lid 184467440737095',
    `key ${key}`,
    'prekey qGX0wYpNbJmQk3v5T7zR1sU4aB8c',
    'id 3EB00123456789ABCDEF00',
    JSON.stringify(session),
    'two\nlines',
    'a'.repeat(27).concat(' ').repeat(10),
    'unexpected buffer [1, 2]',
  ])('drops the words %j', (words) => {
    const { lines, log } = keptLog()
    for (const level of ['info', 'warn', 'error'] as const) {
      baileysLogger(log)[level](words)
      baileysLogger(log)[level]({}, words)
    }
    expect(lines).toEqual([])
  })

  it('lets no secret through, be it beside the words or among them', () => {
    const around = fc.constantFrom('', 'sent to ', 'key: ', 'invalid mapping for "', 'x=')
    const level = fc.constantFrom('info', 'warn', 'error')
    fc.assert(
      fc.property(carried, around, around, level, ({ secret, value }, before, after, how) => {
        const { lines, log } = keptLog()
        const logger = baileysLogger(log)
        const words = `${before}${secret}${after}`
        logger[how](words, 'x')
        logger[how](value, words)
        logger[how]({ secret, value }, 'timed out')
        logger.child({ secret, [secret]: value })[how](value, 'timed out')
        expect(lines.filter((line) => !line.includes('"timed out"') && !line.includes('"x"'))).toEqual([])
        for (const line of lines) expect(line).not.toContain(secret)
      }),
      { numRuns: 300 },
    )
  })

  it('drops what has no words, and all that is below its level', () => {
    const { lines, log } = keptLog()
    const logger = baileysLogger(log)
    for (const level of ['trace', 'debug'] as const) logger[level](session, 'opening session')
    for (const level of ['info', 'warn', 'error'] as const) logger[level](session)
    expect(lines).toEqual([])
    expect(logger.level).toBe('info')
  })

  it('has children that are no wiser', () => {
    const { lines, log } = keptLog()
    baileysLogger(log).child({ session, class: 'socket' }).warn(session, 'timed out')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ msg: 'timed out' }])
    for (const secret of secrets) expect(lines.join()).not.toContain(secret)
  })
})
