import { z } from 'zod'
import { audienceShape } from './audience.ts'
import { broadcastChannels } from './broadcast-channels.ts'

/**
 * `draft` is written; `proposed` waits for a second person; `approved` is frozen and waits for its time; `sending`, `paused`;
 * `finished` when nothing is left to send; `cancelled`.
 */
export const broadcastStates = [
  'draft',
  'proposed',
  'approved',
  'sending',
  'paused',
  'finished',
  'cancelled',
] as const
export type BroadcastState = (typeof broadcastStates)[number]

/** Why the program paused one. */
export const pauseReasons = ['stop_rate', 'failure_rate', 'channel_warning', 'withdrawn'] as const
export type PauseReason = (typeof pauseReasons)[number]

/** A button: pressing it is writing its words, and whoever has no buttons writes them. */
const buttonShape = z.object({
  label: z.string().trim().min(1).max(24),
  /** Words that open a flow, such as `daftar 12`. At most 50 bytes. */
  words: z.string().trim().min(1).max(40),
})

export const mediaShape = z.object({
  id: z.string(),
  type: z.enum(['photo', 'document']),
  mime: z.string(),
  name: z.string().optional(),
})

/** What a broadcast was made of. */
export const sourceShape = z.object({ type: z.enum(['course', 'product', 'digest']), number: z.number() })
export type Source = z.infer<typeof sourceShape>

/** What an officer writes. */
export const planShape = z.object({
  title: z.string().trim().min(1).max(80),
  /** As residents read it, with `{{kelurahan}}` and other variables; how to stop is added. */
  text: z.string().trim().min(1).max(1_500),
  media: mediaShape.optional(),
  buttons: z.array(buttonShape).max(3),
  audience: audienceShape,
  /** Public places it is posted to as well. */
  posts: z.array(z.enum(broadcastChannels)),
  source: sourceShape.optional(),
  scheduledAt: z.date().optional(),
  expiresAt: z.date().optional(),
})
export type BroadcastPlan = z.infer<typeof planShape>

/** One broadcast. People who did something are told by name; `undefined` where it was the program. */
export interface Broadcast extends BroadcastPlan {
  readonly number: number
  readonly state: BroadcastState
  /** Of one that is being sent or paused: only the first few went out, to see the signs, or it is for all. */
  readonly phase: 'canary' | 'rest' | undefined
  readonly version: number
  readonly createdAt: Date
  readonly createdBy: string | undefined
  readonly editedBy: string | undefined
  readonly editedById: string | undefined
  readonly proposedAt: Date | undefined
  readonly proposedBy: string | undefined
  readonly approvedAt: Date | undefined
  readonly approvedBy: string | undefined
  readonly startedAt: Date | undefined
  readonly canaryUntil: Date | undefined
  readonly pausedAt: Date | undefined
  /** One of `pauseReasons`; undefined when an officer paused it. */
  readonly pauseReason: PauseReason | undefined
  readonly pausedBy: string | undefined
  readonly resumedAt: Date | undefined
  /** Of one that began: what is left then is given up. `expiresAt`, or by the forecast; that waits while it is paused. */
  readonly endsAt: Date | undefined
  readonly endedAt: Date | undefined
  readonly endedBy: string | undefined
  readonly audienceSize: number | undefined
  readonly batchId: bigint | undefined
}

/** What became of a broadcast. The sum of waiting, queued, sent, failed, suppressed and unknown is the audience. */
export interface Figures {
  readonly audience: number
  /** No message was made for them yet. */
  readonly waiting: number
  readonly queued: number
  /** Taken by the platform; delivered and read are part of it, where the channel tells. */
  readonly sent: number
  readonly delivered: number
  readonly read: number
  /** Wrote within three days after they were told; part of sent. */
  readonly replied: number
  /** Wanted no more news after they were told; part of sent. */
  readonly stopped: number
  readonly failed: number
  readonly suppressed: number
  readonly unknown: number
  /** Why messages failed or were suppressed: counts by reason. */
  readonly reasons: Readonly<Record<string, number>>
}

/** The state of one recipient. */
export const recipientStates = [
  'waiting',
  'queued',
  'sent',
  'delivered',
  'read',
  'failed',
  'suppressed',
  'unknown',
] as const
export type RecipientState = (typeof recipientStates)[number]
