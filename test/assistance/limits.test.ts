import { describe, expect, it } from 'vitest'
import { countedSince, lockedUntil } from '../../src/assistance/limits.ts'

// 05 March, 23:30 in Kupang.
const now = new Date('2026-03-05T15:30:00Z')

describe('lockedUntil', () => {
  it('lets a chat check while it failed four times and found two persons', () => {
    expect(lockedUntil({ failedToday: 4, foundAt: [now, now] }, now)).toBeUndefined()
  })

  it('locks after five failures until midnight in Kupang', () => {
    expect(lockedUntil({ failedToday: 5, foundAt: [] }, now)).toEqual(new Date('2026-03-05T16:00:00Z'))
  })

  it('locks after three persons until the first of them is a week old', () => {
    const foundAt = ['2026-03-02T01:00:00Z', '2026-03-05T01:00:00Z', '2026-03-03T20:00:00Z'].map(
      (at) => new Date(at),
    )
    expect(lockedUntil({ failedToday: 0, foundAt }, now)).toEqual(new Date('2026-03-08T16:00:00Z'))
  })

  it('takes the later end of two locks', () => {
    expect(lockedUntil({ failedToday: 9, foundAt: [now, now, now] }, now)).toEqual(
      new Date('2026-03-11T16:00:00Z'),
    )
  })
})

describe('countedSince', () => {
  it('counts by days of the city', () => {
    expect(countedSince(now)).toEqual({
      failures: new Date('2026-03-04T16:00:00Z'),
      persons: new Date('2026-02-26T16:00:00Z'),
    })
  })
})
