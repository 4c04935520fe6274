import { describe, expect, it } from 'vitest'
import { createPrepareBroadcastJob } from '../../src/jobs/prepare-broadcast-job.ts'

describe('createPrepareBroadcastJob', () => {
  it('prepares the broadcast of the number that it was sent with, and no other', async () => {
    const prepared: number[] = []
    const job = createPrepareBroadcastJob(async (number) => prepared.push(number))
    await job.run({ data: { number: '12' }, isLast: false })
    expect(prepared).toEqual([12])
    await expect(async () => job.run({ data: {}, isLast: false })).rejects.toThrow()
    expect(prepared).toEqual([12])
  })
})
