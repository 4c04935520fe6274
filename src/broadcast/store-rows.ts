import { z } from 'zod'
import { audienceShape } from './audience.ts'
import {
  type Broadcast,
  type BroadcastPlan,
  broadcastStates,
  type Figures,
  mediaShape,
  pauseReasons,
  sourceShape,
} from './broadcast.ts'
import { broadcastChannels } from './broadcast-channels.ts'

/** A broadcast with what only this room asks of it. */
export interface StoredBroadcast extends Broadcast {
  readonly createdById: string | undefined
  readonly proposedById: string | undefined
  /** When staff were told that nobody takes its messages up; undefined while somebody does. */
  readonly stalledAt: Date | undefined
  /** As they were when it ended, or later. */
  readonly figures: Figures | undefined
}

const maybe = <Shape extends z.ZodType>(shape: Shape) =>
  shape.nullable().transform((value) => value ?? undefined)
const count = z.number().int()

const figures = z.object({
  ...{ audience: count, waiting: count, queued: count, sent: count, delivered: count, read: count },
  ...{ replied: count, stopped: count, failed: count, suppressed: count, unknown: count },
  reasons: z.record(z.string(), count),
})

const row = z
  .object({
    id: z.bigint(),
    title: z.string(),
    text: z.string(),
    media: maybe(mediaShape),
    buttons: z.array(z.object({ label: z.string(), words: z.string() })),
    audience: audienceShape,
    posts: z.array(z.enum(broadcastChannels)),
    source: maybe(sourceShape),
    state: z.enum(broadcastStates),
    phase: maybe(z.enum(['canary', 'rest'])),
    version: z.number(),
    createdAt: z.date(),
    createdById: maybe(z.string()),
    createdBy: maybe(z.string()),
    editedById: maybe(z.string()),
    editedBy: maybe(z.string()),
    proposedAt: maybe(z.date()),
    proposedById: maybe(z.string()),
    proposedBy: maybe(z.string()),
    approvedAt: maybe(z.date()),
    approvedBy: maybe(z.string()),
    scheduledAt: maybe(z.date()),
    expiresAt: maybe(z.date()),
    startedAt: maybe(z.date()),
    canaryUntil: maybe(z.date()),
    pausedAt: maybe(z.date()),
    pauseReason: maybe(z.enum(pauseReasons)),
    pausedBy: maybe(z.string()),
    resumedAt: maybe(z.date()),
    endsAt: maybe(z.date()),
    stalledAt: maybe(z.date()),
    endedAt: maybe(z.date()),
    endedBy: maybe(z.string()),
    audienceSize: maybe(z.number()),
    batchId: maybe(z.bigint()),
    figures: maybe(figures),
  })
  .transform(({ id, ...rest }): StoredBroadcast => ({ number: Number(id), ...rest }))

/** A row of `broadcast`. */
export function broadcastOf(found: unknown): StoredBroadcast {
  return row.parse(found)
}

/** The columns of a plan; what is undefined is null. JSON columns are to be written by hand: see the store. */
export function planColumns({ title, text, posts, scheduledAt, expiresAt }: BroadcastPlan) {
  return { title, text, posts: [...posts], scheduledAt: scheduledAt ?? null, expiresAt: expiresAt ?? null }
}
