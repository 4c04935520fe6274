import { z } from 'zod'
import type { Keyring } from '../../../storage/keyring.ts'

/** What a letter is made of, for the officer who issued the code and for a quarter of an hour. */
export interface LetterPass {
  /** The row's id. */
  readonly id: string
  readonly code: string
  readonly expiresAt: Date
}

const shape = z.object({
  letter: z.literal(1),
  id: z.string(),
  code: z.string(),
  expiresAt: z.iso.datetime(),
  officer: z.string(),
  until: z.number(),
})

const validMs = 15 * 60_000

/** Seals what a letter needs into a word for a hidden field: the code is kept nowhere, so the page must bring it back. */
export function sealLetterPass(
  secrets: Pick<Keyring, 'seal'>,
  { id, code, expiresAt }: LetterPass,
  officer: string,
  now: Date,
): string {
  const content = {
    ...{ letter: 1, id, code, expiresAt: expiresAt.toISOString(), officer },
    until: now.getTime() + validMs,
  } satisfies z.input<typeof shape>
  return Buffer.from(secrets.seal(JSON.stringify(content))).toString('base64url')
}

/** Opens the word; undefined when it was not sealed for this officer, or too long ago. */
export function openLetterPass(
  secrets: Pick<Keyring, 'open'>,
  word: string,
  officer: string,
  now: Date,
): LetterPass | undefined {
  const read = shape.safeParse(unseal(secrets, word))
  if (!read.success || read.data.officer !== officer || read.data.until < now.getTime()) return undefined
  const { id, code, expiresAt } = read.data
  return { id, code, expiresAt: new Date(expiresAt) }
}

function unseal(secrets: Pick<Keyring, 'open'>, word: string): unknown {
  try {
    return JSON.parse(secrets.open(Buffer.from(word, 'base64url')))
  } catch {
    // Not sealed here, or by a key that is gone.
    return undefined
  }
}
