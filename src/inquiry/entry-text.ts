import { z } from 'zod'
import { maskClaimCodes } from '../language/claim-code.ts'
import { maskDigits } from '../language/mask.ts'
import type { Keyring } from '../storage/keyring.ts'

/** What tickets need of the keyring. */
export type TicketSecrets = Pick<Keyring, 'seal' | 'open' | 'hash' | 'ids'>

/** What was kept before tickets had entries is a list of messages. */
const body = z.union([z.object({ text: z.string() }), z.array(z.string())])
const details = z.record(z.string(), z.string())

/** Seals what somebody wrote. */
export function sealText(secrets: Pick<Keyring, 'seal'>, text: string): Uint8Array<ArrayBuffer> {
  return secrets.seal(JSON.stringify({ text }))
}

/** Reads what `sealText` sealed, and what was kept before. */
export function openText(secrets: Pick<Keyring, 'open'>, sealed: Uint8Array): string {
  const read = body.parse(JSON.parse(secrets.open(sealed)))
  return 'text' in read ? read.text : read.join('\n')
}

/** Seals what a flow asked for. */
export function sealDetails(
  secrets: Pick<Keyring, 'seal'>,
  values: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  return secrets.seal(JSON.stringify(values))
}

/** Reads what `sealDetails` sealed. */
export function openDetails(
  secrets: Pick<Keyring, 'open'>,
  sealed: Uint8Array,
): Readonly<Record<string, string>> {
  return details.parse(JSON.parse(secrets.open(sealed)))
}

/** What was written, without claim codes and long numbers: an officer needs neither, and a ticket is kept for long. */
export function masked(text: string): string {
  return maskDigits(maskClaimCodes(text))
}
