import type { Transaction } from '../storage/database.ts'
import { type CheckStore, createCheckStore, type ListInForce } from './store.ts'

/** A claim code as it is kept. */
interface NewClaimCode {
  readonly codeHash: Uint8Array<ArrayBuffer>
  readonly hashKeyId: string
  readonly listKind: string
  readonly householdHashes: Uint8Array<ArrayBuffer>[]
  readonly issuedBy: string
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/** The claim codes' part of the database. */
export interface ClaimCodeStore extends Pick<CheckStore, 'byNik' | 'byHousehold'> {
  listInForce(transaction: Transaction, kind: string): Promise<ListInForce | undefined>
  /** Adds a code, or renews one that was issued before, and returns its id. */
  add(transaction: Transaction, code: NewClaimCode): Promise<bigint>
  /** Revokes the household's codes that are still good. */
  revokeHousehold(
    transaction: Transaction,
    household: { readonly listKind: string; readonly hash: Uint8Array<ArrayBuffer> },
    at: Date,
  ): Promise<void>
  /** Revokes the code with one of these hashes and returns its id. */
  revoke(
    transaction: Transaction,
    hashes: readonly Uint8Array<ArrayBuffer>[],
    at: Date,
  ): Promise<bigint | undefined>
}

/** The claim codes in PostgreSQL. */
export function createClaimCodeStore(): ClaimCodeStore {
  const { byNik, byHousehold, listsInForce } = createCheckStore()
  return {
    byNik,
    byHousehold,
    listInForce: async (transaction, kind) =>
      (await listsInForce(transaction)).find((list) => list.kind === kind),
    async add(transaction, code) {
      const where = { codeHash: code.codeHash }
      const update = { ...code, revokedAt: null }
      return (await transaction.claimCode.upsert({ where, create: code, update })).id
    },
    async revokeHousehold(transaction, { listKind, hash }, at) {
      const where = { listKind, householdHashes: { has: hash }, revokedAt: null, expiresAt: { gt: at } }
      await transaction.claimCode.updateMany({ where, data: { revokedAt: at } })
    },
    async revoke(transaction, hashes, at) {
      const where = { codeHash: { in: [...hashes] }, revokedAt: null }
      const code = await transaction.claimCode.findFirst({ where, select: { id: true } })
      if (code === null) return undefined
      await transaction.claimCode.update({ where: { id: code.id }, data: { revokedAt: at } })
      return code.id
    },
  }
}
