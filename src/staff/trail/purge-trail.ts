import type pg from 'pg'
import type { Keyring } from '../../storage/keyring.ts'
import { purgeProof } from './audit-chain.ts'
import {
  claimPurge,
  deleteThrough,
  inTransaction,
  lastSeal,
  linksAfter,
  lockChain,
  positionBefore,
  sealAt,
} from './store-seal.ts'

export interface PurgeTrailDeps {
  /** Connections with the owner's rights: nobody else may delete. */
  readonly owner: pg.Pool
  readonly keyring: Pick<Keyring, 'hash' | 'currentId'>
}

/**
 * Deletes the sealed entries of before `before`, up to the first that is younger, and returns how many went. The last of their
 * seals stays, with a proof in the trail, so that the rest of the chain hangs on something.
 */
export function purgeTrail(
  { owner, keyring }: PurgeTrailDeps,
  { before, now }: { before: Date; now: Date },
): Promise<number> {
  return inTransaction(owner, async (queries) => {
    await lockChain(queries)
    const [first] = await linksAfter(queries, 0, 1)
    const position = (await positionBefore(queries, before)) ?? (await lastSeal(queries))?.position ?? 0
    const seal = await sealAt(queries, position)
    // Only what a purge has left already, or nothing, is as old.
    if (seal === undefined || (first?.position === position && first.entry === null)) return 0
    const key = keyring.currentId
    const proof = purgeProof(keyring, { count: position, hash: seal.hash }, key)
    await claimPurge(queries, { at: now, through: position, before: before.toISOString(), proof, key })
    return deleteThrough(queries, position)
  })
}
