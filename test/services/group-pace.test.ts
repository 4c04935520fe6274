import { describe, expect, it } from 'vitest'
import { createGroupPace } from '../../src/services/staff-group/group-pace.ts'

/** A pace on a clock that runs only while it is waited for. */
function createPace() {
  let now = 1_000_000
  const pace = createGroupPace({
    now: () => now,
    wait: async (milliseconds) => {
      now += milliseconds
    },
  })
  return { pace, elapsed: () => now - 1_000_000 }
}

const never = new AbortController().signal

describe('createGroupPace', () => {
  it('takes sixteen news at once, and then as many a minute', async () => {
    const { pace, elapsed } = createPace()
    for (let n = 0; n < 16; n += 1) await pace.turn('news', never)
    expect(elapsed()).toBe(0)
    await pace.turn('news', never)
    expect(elapsed()).toBe(60_000)
  })

  it('leaves some messages of each minute to answers', async () => {
    const { pace, elapsed } = createPace()
    for (let n = 0; n < 16; n += 1) await pace.turn('news', never)
    for (let n = 0; n < 4; n += 1) await pace.turn('answer', never)
    expect(elapsed()).toBe(0)
    await pace.turn('answer', never)
    expect(elapsed()).toBe(60_000)
  })

  it('rests as long as it is told to', async () => {
    const { pace, elapsed } = createPace()
    pace.rest(7_000)
    pace.rest(3_000)
    await pace.turn('answer', never)
    expect(elapsed()).toBe(7_000)
  })

  it('gives no leave once it is stopped', async () => {
    const { pace } = createPace()
    expect(await pace.turn('news', AbortSignal.abort())).toBe(false)
  })
})
