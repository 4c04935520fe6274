import type { Secrets } from './secrets.ts'

/** A household's hash under an older key, and under the key of the list that is being loaded. */
export interface RenewedHousehold {
  readonly old: Uint8Array
  readonly renewed: Uint8Array
}

/** Finds, while a list is loaded, the households that claim codes know only under an older key. */
export interface HouseholdRenewal {
  see(household: string): void
  readonly pairs: readonly RenewedHousehold[]
}

/**
 * Claim codes outlive lists and keys: `claimed` are the household hashes of the codes that are still valid. Costs a hash
 * for each household and older key, and nothing where no code or no older key exists.
 */
export function createHouseholdRenewal(secrets: Secrets, claimed: readonly Uint8Array[]): HouseholdRenewal {
  const older = claimed.length === 0 ? [] : secrets.ids.filter((id) => id !== secrets.currentId)
  const known = new Set(claimed.map(hex))
  const pairs: RenewedHousehold[] = []
  let last = ''
  return {
    pairs,
    see(household) {
      if (older.length === 0 || household === last) return
      last = household
      for (const id of older) {
        const old = secrets.hash('household', household, id)
        if (known.has(hex(old))) pairs.push({ old, renewed: secrets.hash('household', household) })
      }
    },
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
