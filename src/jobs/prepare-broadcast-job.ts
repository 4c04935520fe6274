import { z } from 'zod'
import type { PrepareBroadcast } from '../broadcast/sending/prepare-broadcast.ts'
import type { Job } from './queue.ts'

const dataShape = z.object({ number: z.coerce.number().int().positive() })

/** The work on the messages of one broadcast, sent as `{ number }`. */
export function createPrepareBroadcastJob(prepare: PrepareBroadcast): Job {
  return {
    name: 'prepare-broadcast',
    maxSeconds: 3_600,
    run: ({ data }) => prepare(dataShape.parse(data).number),
  }
}
