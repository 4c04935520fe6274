import type { Link } from './store-seal.ts'

/**
 * By how much an entry may come after those with larger ids, in milliseconds: its transaction was under way meanwhile. None of
 * the program's lasts so long.
 */
export const idLatenessMs = 15 * 60_000
/** By how much an entry's time may be before the sealing it was not part of yet: clocks differ, and some work takes its time. */
const timeLatenessMs = 3 * 60 * 60_000

/** Watches, link by link, that no entry comes later than its id and its time allow. */
export interface OrderCheck {
  isInPlace(link: Pick<Link, 'entryId' | 'sealedAt' | 'entry'>): boolean
  /** An entry without a seal must have a larger id, and a later time. */
  settled(): { readonly id: string; readonly before: Date }
}

/** Begins before the first link. */
export function createOrderCheck(): OrderCheck {
  let settled = 0n
  let largest = 0n
  /** The times of the sealing under way and of the one before it; an entry was not there yet at the latter. */
  let now = Number.NEGATIVE_INFINITY
  let before = Number.NEGATIVE_INFINITY
  let marks: { at: number; id: bigint }[] = []

  function nextSealing(at: number): void {
    if (now !== Number.NEGATIVE_INFINITY) marks.push({ at: now, id: largest })
    before = now
    now = at
    settle(before)
  }

  function settle(at: number): void {
    const ripe = marks.findLastIndex((mark) => mark.at <= at - idLatenessMs)
    settled = marks[ripe]?.id ?? settled
    marks = marks.slice(ripe + 1)
  }

  return {
    isInPlace({ entryId, sealedAt, entry }) {
      if (sealedAt.getTime() !== now) nextSealing(sealedAt.getTime())
      const id = BigInt(entryId)
      if (id > largest) largest = id
      if (id < settled) return false
      // A clock that went back says nothing of what was written by it.
      return entry === null || now < before || !(entry.at < before - timeLatenessMs)
    },
    settled() {
      nextSealing(now)
      const known = Number.isFinite(now) ? now - timeLatenessMs : 0
      return { id: String(settled), before: new Date(known) }
    },
  }
}
