import { randomInt } from 'node:crypto'
import { CLAIM_CODE_ALPHABET, CLAIM_CODE_LENGTH, checkCharacter } from '../language/claim-code.ts'
import type { Actor, AuditTrail } from '../staff/audit-trail.ts'
import type { Secrets } from './secrets.ts'
import type { ListInForce, StoredPerson, Transaction } from './store.ts'
import type { ClaimCodeStore } from './store-claim-code.ts'

export interface ClaimCodeDeps {
  readonly store: ClaimCodeStore
  readonly audit: AuditTrail<Transaction>
  readonly secrets: Secrets
  /** Days that a code is valid. */
  readonly days?: number
}

/** Whose household a code is for: a person's, by NIK, or the one with this number on the list. */
export type Household = { readonly nik: string } | { readonly number: string }

export type IssueOutcome =
  | {
      readonly type: 'issued'
      /** The row's id, by which the trail speaks of the code. */
      readonly id: string
      readonly code: string
      readonly expiresAt: Date
    }
  | { readonly type: 'not_found' | 'not_loaded' }

const day = 86_400_000

/** What the trail calls the looking up of a household for a code. */
export const issueAction = 'assistance.claim_code.issue'

/**
 * Makes the issuing of codes for households of the list in force. The code is told once and kept nowhere, and those that the
 * household had before are good no more. That no household
 * was found is in the trail too: it tells whoever asks something about a person.
 */
export function createIssueClaimCode(deps: ClaimCodeDeps) {
  const { store, audit, secrets } = deps
  return async (
    transaction: Transaction,
    request: {
      readonly kind: string
      readonly household: Household
      readonly by: Actor
      readonly now: Date
      readonly code?: string
    },
  ): Promise<IssueOutcome> => {
    const { kind, by, now } = request
    const list = await store.listInForce(transaction, kind)
    if (list === undefined) return { type: 'not_loaded' }
    const person = await findHousehold(deps, transaction, list, request.household)
    if (person === undefined) {
      await audit.record(transaction, { at: now, actor: by, action: issueAction, outcome: 'not_found' })
      return { type: 'not_found' }
    }
    const code = request.code ?? newClaimCode()
    const household = new Uint8Array(person.householdHash)
    // A household has one code: whoever found a letter that was lost must not get in by it.
    await store.revokeHousehold(transaction, { listKind: kind, hash: household }, now)
    const expiresAt = new Date(now.getTime() + (deps.days ?? 180) * day)
    const id = await store.add(transaction, {
      codeHash: secrets.hash('code', code),
      hashKeyId: secrets.currentId,
      listKind: kind,
      householdHashes: [household],
      issuedBy: by.id,
      issuedAt: now,
      expiresAt,
    })
    const entry = { action: issueAction, subject: String(id), outcome: 'issued' }
    await audit.record(transaction, { at: now, actor: by, ...entry })
    return { type: 'issued', id: String(id), code, expiresAt }
  }
}

async function findHousehold(
  { store, secrets }: ClaimCodeDeps,
  transaction: Transaction,
  { id, hashKeyId }: ListInForce,
  household: Household,
): Promise<StoredPerson | undefined> {
  if ('nik' in household) {
    const hash = secrets.hash('nik', household.nik, hashKeyId)
    return (await store.byNik(transaction, [{ listId: id, hash }]))[0]
  }
  const keys = ['id', 'kk'].map((kind) => ({
    listId: id,
    hash: secrets.hash('household', `${kind}:${household.number}`, hashKeyId),
  }))
  return (await store.byHousehold(transaction, keys))[0]
}

/** Makes the revoking of codes; false when no valid code is this one. */
export function createRevokeClaimCode({ store, audit, secrets }: ClaimCodeDeps) {
  return async (
    transaction: Transaction,
    { code, by, now }: { readonly code: string; readonly by: Actor; readonly now: Date },
  ): Promise<boolean> => {
    const hashes = secrets.ids.map((id) => secrets.hash('code', code, id))
    const id = await store.revoke(transaction, hashes, now)
    const action = 'assistance.claim_code.revoke'
    const subject = id === undefined ? {} : { subject: String(id) }
    const outcome = id === undefined ? 'not_found' : 'revoked'
    await audit.record(transaction, { at: now, actor: by, action, ...subject, outcome })
    return id !== undefined
  }
}

/** A new random code. */
export function newClaimCode(): string {
  const free = Array.from({ length: CLAIM_CODE_LENGTH - 1 }, () => {
    return CLAIM_CODE_ALPHABET[randomInt(CLAIM_CODE_ALPHABET.length)] ?? ''
  }).join('')
  return free + checkCharacter(free)
}
