import { randomInt } from 'node:crypto'

/** Without letters and digits that are taken for each other. */
const signs = '23456789abcdefghjkmnpqrstuvwxyz'

/** Random signs that are easily read and typed. */
function readableSigns(count: number): string {
  return Array.from({ length: count }, () => signs[randomInt(signs.length)]).join('')
}

/** Ten codes such as `h7k2m-x9qrt`, each for one sign-in without the phone. */
export function newBackupCodes(): string[] {
  return Array.from({ length: 10 }, () => `${readableSigns(5)}-${readableSigns(5)}`)
}

/** What was typed as a backup code, in the form it was given in; undefined when it cannot be one. */
export function parseBackupCode(text: string): string | undefined {
  const bare = text.toLowerCase().replaceAll(/[\s-]/g, '')
  return /^[2-9a-z]{10}$/.test(bare) ? `${bare.slice(0, 5)}-${bare.slice(5)}` : undefined
}

/** A password such as `k7mp-3xrt-9hqd-w2fn`, to be given to somebody. */
export function newFirstPassword(): string {
  return Array.from({ length: 4 }, () => readableSigns(4)).join('-')
}
