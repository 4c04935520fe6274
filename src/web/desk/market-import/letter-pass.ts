import { z } from 'zod'
import type { MadeInvitation } from '../../../marketplace/invitation/invitation.ts'
import type { Keyring } from '../../../storage/keyring.ts'

const shape = z.object({
  invitation: z.literal(1),
  shopId: z.number(),
  shop: z.string(),
  kelurahan: z.string(),
  code: z.string(),
  expiresAt: z.iso.datetime().transform((moment) => new Date(moment)),
  officer: z.string(),
  until: z.number(),
})

const validMs = 15 * 60_000

/** Seals what a letter needs into a word for a hidden field: the code is kept nowhere, so the page must bring it back. */
export function sealInvitation(
  secrets: Pick<Keyring, 'seal'>,
  made: MadeInvitation,
  officer: string,
  now: Date,
): string {
  const content = { invitation: 1, ...made, officer, until: now.getTime() + validMs }
  return Buffer.from(secrets.seal(JSON.stringify(content))).toString('base64url')
}

/** Opens the word; undefined when it was not sealed for this officer, or too long ago. */
export function openInvitation(
  secrets: Pick<Keyring, 'open'>,
  word: string,
  officer: string,
  now: Date,
): MadeInvitation | undefined {
  const read = shape.safeParse(unseal(secrets, word))
  if (!read.success || read.data.officer !== officer || read.data.until < now.getTime()) return undefined
  const { shopId, shop, kelurahan, code, expiresAt } = read.data
  return { shopId, shop, kelurahan, code, expiresAt }
}

function unseal(secrets: Pick<Keyring, 'open'>, word: string): unknown {
  try {
    return JSON.parse(secrets.open(Buffer.from(word, 'base64url')))
  } catch {
    // Not sealed here, or by a key that is gone.
    return undefined
  }
}
