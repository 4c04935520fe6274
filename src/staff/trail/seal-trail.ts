import type pg from 'pg'
import type { Logger } from '../../log.ts'
import type { Keyring } from '../../storage/keyring.ts'
import {
  type ChainedEntry,
  type ChainHead,
  emptyHead,
  linkHash,
  type Seal,
  sameHash,
  writeHead,
} from './audit-chain.ts'
import { idLatenessMs } from './audit-order.ts'
import {
  addSeals,
  idSealedBy,
  inTransaction,
  lastSeal,
  type Queries,
  sealAt,
  tryLockChain,
  unsealedAbove,
} from './store-seal.ts'

/** How often every entry is looked at, in milliseconds: one that came later than any may must not be skipped for ever. */
const wholeEveryMs = 60 * 60_000
const batch = 2_000

/** What one sealing did. */
export type Sealing =
  /** Another process is at it. */
  | { readonly type: 'busy' }
  | {
      readonly type: 'sealed'
      /** How many entries this call sealed. */
      readonly entries: number
      readonly head: ChainHead
      /** The head as this process left it, when the database no longer has it: somebody cut or changed the chain since. */
      readonly lost?: ChainHead
    }

/** Seals every entry of the trail that is committed and has no seal yet. */
export type SealTrail = () => Promise<Sealing>

export interface SealTrailDeps {
  readonly pool: pg.Pool
  readonly keyring: Pick<Keyring, 'hash' | 'currentId'>
  readonly now: () => Date
  readonly log: Logger
}

/**
 * Makes the sealing. Entries are sealed after their transactions, so that no two transactions wait for each other; any
 * process may do it, one at a time. What commits late, with a smaller id than others, comes later in the chain.
 */
export function createSealTrail({ pool, keyring, now, log }: SealTrailDeps): SealTrail {
  let wholeAt = Number.NEGATIVE_INFINITY
  let left = emptyHead
  return async () => {
    const startedAt = now().getTime()
    const isWhole = startedAt - wholeAt >= wholeEveryMs
    let after = isWhole ? '0' : undefined
    let entries = 0
    let lost: ChainHead | undefined
    for (;;) {
      const done = await inTransaction(pool, (queries) => sealBatch({ queries, keyring, now, after, left }))
      if (done === 'busy') return { type: 'busy' }
      lost ??= done.lost
      left = done.head
      entries += done.sealed
      after = done.upTo
      if (done.sealed === batch) continue
      if (isWhole) wholeAt = startedAt
      if (lost !== undefined) log.error({ head: writeHead(lost), now: writeHead(left) }, 'the trail was cut')
      return { type: 'sealed', entries, head: left, ...(lost === undefined ? {} : { lost }) }
    }
  }
}

interface Batch {
  readonly queries: Queries
  readonly keyring: Pick<Keyring, 'hash' | 'currentId'>
  readonly now: () => Date
  /** The id after which entries are looked for; undefined: where some may still come. */
  readonly after: string | undefined
  readonly left: ChainHead
}

async function sealBatch({ queries, keyring, now, after, left }: Batch) {
  if (!(await tryLockChain(queries))) return 'busy'
  const last = await lastSeal(queries)
  const before = last === undefined ? emptyHead : headOf(last)
  const lost = (await isLost(queries, left, before)) ? left : undefined
  const from = after ?? (last === undefined ? '0' : await settledId(queries, last))
  const entries = await unsealedAbove(queries, from, batch)
  const seals = sealsFor(keyring, before, entries, now())
  if (seals.length > 0) await addSeals(queries, seals)
  const end = seals.at(-1)
  return {
    sealed: seals.length,
    head: end === undefined ? before : headOf(end),
    upTo: end?.entryId ?? from,
    lost,
  }
}

/**
 * The id that was sealed last so long before the last sealing that no transaction can have been under way all the time between:
 * what has a smaller one was there at the last sealing. How long ago that was, if nobody sealed since, changes nothing.
 */
function settledId(queries: Queries, last: Seal): Promise<string> {
  return idSealedBy(queries, new Date(last.sealedAt.getTime() - idLatenessMs))
}

/** Whether the chain no longer has the head that this process left. One that retention deleted is not lost. */
async function isLost(queries: Queries, left: ChainHead, last: ChainHead): Promise<boolean> {
  if (left.count === 0) return false
  if (last.count < left.count) return true
  const there = await sealAt(queries, left.count)
  return there !== undefined && !sameHash(there.hash, left.hash)
}

function sealsFor(
  keyring: SealTrailDeps['keyring'],
  before: ChainHead,
  entries: readonly ChainedEntry[],
  sealedAt: Date,
): readonly Seal[] {
  const seals: Seal[] = []
  let head = before
  for (const entry of entries) {
    const keyId = keyring.currentId
    const hash = linkHash(keyring, head, entry, { keyId, sealedAt })
    head = { count: head.count + 1, hash }
    seals.push({ position: head.count, entryId: entry.id, keyId, hash, sealedAt })
  }
  return seals
}

function headOf({ position, hash }: Seal): ChainHead {
  return { count: position, hash }
}
