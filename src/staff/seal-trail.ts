import type pg from 'pg'
import type { Logger } from '../log.ts'
import type { Keyring } from '../storage/keyring.ts'
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
  inTransaction,
  largestEntryId,
  lastSeal,
  type Queries,
  sealAt,
  tryLockChain,
  unsealedAbove,
} from './store-seal.ts'

/** How often every entry is looked at, in milliseconds: one that came later still must not be skipped for ever. */
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
  const range = createRange()
  let left = emptyHead
  return async () => {
    let entries = 0
    let lost: ChainHead | undefined
    const start = range.from(now())
    let from = start
    const largest = await largestEntryId(pool)
    for (;;) {
      const done = await inTransaction(pool, (queries) => sealBatch({ queries, keyring, now, from, left }))
      if (done === 'busy') return { type: 'busy' }
      lost ??= done.lost
      left = done.head
      entries += done.sealed
      from = done.upTo
      if (done.sealed === batch) continue
      range.looked({ from: start, largest, at: now() })
      if (lost !== undefined) log.error({ head: writeHead(lost), now: writeHead(left) }, 'the trail was cut')
      return { type: 'sealed', entries, head: left, ...(lost === undefined ? {} : { lost }) }
    }
  }
}

interface Batch {
  readonly queries: Queries
  readonly keyring: Pick<Keyring, 'hash' | 'currentId'>
  readonly now: () => Date
  readonly from: string
  readonly left: ChainHead
}

async function sealBatch({ queries, keyring, now, from, left }: Batch) {
  if (!(await tryLockChain(queries))) return 'busy'
  const last = await lastSeal(queries)
  const before = last === undefined ? emptyHead : headOf(last)
  const lost = (await isLost(queries, left, before)) ? left : undefined
  const entries = await unsealedAbove(queries, from, batch)
  const seals = sealsFor(keyring, before, entries, now())
  if (seals.length > 0) await addSeals(queries, seals)
  const end = seals.at(-1)
  const head = end === undefined ? before : headOf(end)
  return { sealed: seals.length, head, upTo: end?.entryId ?? from, lost }
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

/** From which id on entries without a seal may be: those below have all been looked at, long after they were given out. */
function createRange() {
  let settled = '0'
  let wholeAt = Number.NEGATIVE_INFINITY
  let marks: { at: number; id: string }[] = []
  return {
    from: (now: Date) => (now.getTime() - wholeAt < wholeEveryMs ? settled : '0'),
    /** Everything above `from` was looked at that was there at `at`; `largest` was the largest id before. */
    looked({ from, largest, at }: { from: string; largest: string; at: Date }): void {
      if (from === '0') wholeAt = at.getTime()
      const ripe = marks.filter((mark) => mark.at <= at.getTime() - idLatenessMs)
      settled = ripe.at(-1)?.id ?? settled
      marks = [...marks.slice(ripe.length), { at: at.getTime(), id: largest }]
    },
  }
}
