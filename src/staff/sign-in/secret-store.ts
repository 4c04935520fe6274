import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Database } from '../../storage/database.ts'

/** Seals and opens with the keys of the keyring. */
export interface StaffSealer {
  seal(text: string): Uint8Array<ArrayBuffer>
  open(sealed: Uint8Array): string
}

/** What everything about signing in is signed, encrypted and hashed with. */
export interface StaffSecret {
  /** For the sign-in library. */
  readonly auth: string
  /** 32 bytes: HMAC-SHA-256 of the text under its label. */
  hash(label: 'login' | 'address' | 'code', text: string): Uint8Array<ArrayBuffer>
}

const id = 1n

/**
 * Reads the secret, and makes it where there is none yet. It is random and kept sealed: were it derived from the current key,
 * a new key would end every session and every second factor. Throws when its key is not in the ring.
 */
export async function readStaffSecret(prisma: Database, sealer: StaffSealer): Promise<StaffSecret> {
  const known = await prisma.staffSecret.findUnique({ where: { id } })
  if (known === null) {
    // Of two first processes one makes it, and both read that one.
    const data = [{ id, secret: sealer.seal(randomBytes(32).toString('base64url')) }]
    await prisma.staffSecret.createMany({ data, skipDuplicates: true })
  }
  const { secret } = known ?? (await prisma.staffSecret.findUniqueOrThrow({ where: { id } }))
  const bytes = Buffer.from(sealer.open(secret), 'base64url')
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', bytes, '', `lopo staff ${use}`, 32))
  const hashing = derive('hashing')
  return {
    auth: derive('auth').toString('base64url'),
    hash: (label, text) => new Uint8Array(createHmac('sha256', hashing).update(`${label}:${text}`).digest()),
  }
}

/** Seals the secret anew with the current key; `keys rotate` calls it as it does for the rows of other rooms. */
export function createStaffResealer({ prisma }: { readonly prisma: Database }) {
  return {
    name: 'staff',
    count: () => prisma.staffSecret.count(),
    async next(after: bigint, reseal: (sealed: Uint8Array) => Uint8Array<ArrayBuffer> | undefined) {
      const row = await prisma.staffSecret.findFirst({ where: { id: { gt: after } } })
      if (row === null) return undefined
      const secret = reseal(row.secret)
      if (secret !== undefined) await prisma.staffSecret.update({ where: { id: row.id }, data: { secret } })
      return { last: row.id, rows: 1 }
    },
  }
}
