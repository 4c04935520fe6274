import type pg from 'pg'
import type { Keyring } from '../../storage/keyring.ts'
import { type ChainHead, emptyHead, linkHash, purgeProof, sameHash } from './audit-chain.ts'
import { createOrderCheck, type OrderCheck } from './audit-order.ts'
import {
  inTransaction,
  type Link,
  lastSeal,
  linksAfter,
  purgeClaims,
  type Queries,
  sealAt,
  unsealedEntries,
} from './store-seal.ts'

/** The first place at which the trail is not as the program left it. */
export type TrailBreak =
  /** The entry, or what its seal says of it, is not what was sealed. */
  | { readonly type: 'changed_entry'; readonly position: number; readonly entryId: string }
  | { readonly type: 'missing_entry'; readonly position: number; readonly entryId: string }
  /** It was put in later than it claims, by its id or by its time. `position` is missing while it is not sealed. */
  | { readonly type: 'inserted_entry'; readonly position?: number; readonly entryId: string }
  /** The hash itself was changed. */
  | { readonly type: 'broken_link'; readonly position: number }
  | { readonly type: 'missing_seal'; readonly position: number }
  /** Sealed with a key that the ring does not hold: nothing can be said of what follows. */
  | { readonly type: 'unknown_key'; readonly position: number; readonly keyId: string }
  /** The chain ends before, or has another hash at, the expected head. */
  | { readonly type: 'cut_end'; readonly position: number }
  | { readonly type: 'other_head'; readonly position: number }

/** What the trail turned out to be. */
export interface TrailState {
  /** How many entries were ever sealed, and the last hash: keep it elsewhere. */
  readonly head: ChainHead
  /** How many of them retention has deleted. */
  readonly purged: number
  readonly unsealed: number
  /** The time of the oldest entry that is not sealed yet. */
  readonly oldestUnsealed: Date | undefined
  /** Undefined: everything is as the program left it. */
  readonly broken: TrailBreak | undefined
}

export interface VerifyTrailDeps {
  readonly pool: pg.Pool
  readonly keyring: Pick<Keyring, 'hash'>
}

const page = 2_000

/** Goes through the whole trail as of one moment. `expected` is a head that was noted before. */
export function verifyTrail(deps: VerifyTrailDeps, expected?: ChainHead): Promise<TrailState> {
  const snapshot = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'
  return inTransaction(deps.pool, (queries) => verify({ ...deps, queries }, expected), snapshot)
}

interface Walk extends VerifyTrailDeps {
  readonly queries: Queries
}

async function verify(walk: Walk, expected: ChainHead | undefined): Promise<TrailState> {
  const { queries } = walk
  const order = createOrderCheck()
  const start = await findStart(walk, order)
  const inChain = 'broken' in start ? start.broken : await walkChain(walk, order, start.head)
  const last = await lastSeal(queries)
  const { count, oldest, odd } = await unsealedEntries(queries, order.settled())
  return {
    head: last === undefined ? emptyHead : { count: last.position, hash: last.hash },
    purged: 'head' in start ? start.head.count : 0,
    unsealed: count,
    oldestUnsealed: oldest === null || !Number.isFinite(oldest) ? undefined : new Date(oldest),
    broken:
      inChain ??
      (odd === null ? undefined : { type: 'inserted_entry' as const, entryId: odd }) ??
      (expected === undefined ? undefined : await compareHeads(queries, expected)),
  }
}

/** The chain begins at its first link, or at the one that retention left and vouched for. */
async function findStart(
  { queries, keyring }: Walk,
  order: OrderCheck,
): Promise<{ head: ChainHead } | { broken: TrailBreak }> {
  const [first] = await linksAfter(queries, 0, 1)
  if (first === undefined || (first.position === 1 && first.entry !== null)) return { head: emptyHead }
  const { position, entryId, hash } = first
  const head = { count: position, hash }
  const claims = await purgeClaims(queries, position)
  const isPurged = claims.some(({ proof, keyId }) => isProof(keyring, head, proof, keyId))
  if (!isPurged) {
    return position === 1
      ? { broken: { type: 'missing_entry', position, entryId } }
      : { broken: { type: 'missing_seal', position: 1 } }
  }
  order.isInPlace(first)
  return first.entry === null ? { head } : { broken: { type: 'inserted_entry', position, entryId } }
}

function isProof(keyring: Walk['keyring'], head: ChainHead, proof: string, keyId: string): boolean {
  try {
    return purgeProof(keyring, head, keyId) === proof
  } catch {
    // A key that is not in the ring: whoever wrote this cannot be asked.
    return false
  }
}

async function walkChain(walk: Walk, order: OrderCheck, start: ChainHead): Promise<TrailBreak | undefined> {
  let head = start
  for (;;) {
    const links = await linksAfter(walk.queries, head.count, page)
    for (const [index, link] of links.entries()) {
      const broken = await checkLink(walk, order, head, link, links[index + 1])
      if (broken !== undefined) return broken
      head = { count: link.position, hash: link.hash }
    }
    if (links.length < page) return undefined
  }
}

async function checkLink(
  { queries, keyring }: Walk,
  order: OrderCheck,
  head: ChainHead,
  link: Link,
  following: Link | undefined,
): Promise<TrailBreak | undefined> {
  const { position, entryId, keyId } = link
  if (position !== head.count + 1) return { type: 'missing_seal', position: head.count + 1 }
  if (link.entry === null) return { type: 'missing_entry', position, entryId }
  const isWhole = holds(keyring, head, link)
  if (isWhole === 'unknown_key') return { type: 'unknown_key', position, keyId }
  if (!isWhole) {
    // Whether the next link hangs on the hash that stands here tells which of the two was changed.
    const next = following ?? (await linksAfter(queries, position, 1))[0]
    const isOwnHash =
      next === undefined || holds(keyring, { count: position, hash: link.hash }, next) === true
    return isOwnHash ? { type: 'changed_entry', position, entryId } : { type: 'broken_link', position }
  }
  return order.isInPlace(link) ? undefined : { type: 'inserted_entry', position, entryId }
}

function holds(keyring: Walk['keyring'], head: ChainHead, link: Link): boolean | 'unknown_key' {
  if (link.entry === null) return false
  let hash: Uint8Array
  try {
    hash = linkHash(keyring, head, link.entry, link)
  } catch {
    return 'unknown_key'
  }
  return sameHash(hash, link.hash)
}

async function compareHeads(queries: Queries, expected: ChainHead): Promise<TrailBreak | undefined> {
  const position = expected.count
  if (position === 0) return undefined
  const last = await lastSeal(queries)
  if (last === undefined || last.position < position) {
    return { type: 'cut_end', position: (last?.position ?? 0) + 1 }
  }
  const there = await sealAt(queries, position)
  // Deleted by retention, whose proof was looked at: nothing is left to compare.
  if (there === undefined) return undefined
  return sameHash(there.hash, expected.hash) ? undefined : { type: 'other_head', position }
}
