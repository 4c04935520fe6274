import { z } from 'zod'
import { broadcastChannels } from './broadcast-channels.ts'

/** What people write in, as far as they were heard. */
export const languages = ['indonesia', 'kupang'] as const

/** Whom a broadcast is for: everybody who is all of this. Nobody is reached who did not subscribe to one of the topics. */
export const audienceShape = z.object({
  /** Topics of subscriptions, such as `training/menjahit`: any of them. */
  topics: z
    .array(z.string().regex(/^[a-z_]+(\/[a-z_]+)?$/))
    .min(1)
    .max(40),
  /** Kemendagri codes of kelurahan or kecamatan, with dots, that people told us for news; empty: everywhere, also untold. */
  places: z
    .array(z.string().regex(/^\d\d\.\d\d\.\d\d(\.\d{4})?$/))
    .max(60)
    .default([]),
  /** Who has a registration for the course in one of the states. */
  course: z
    .object({ number: z.number().int().positive(), states: z.array(z.string()).min(1).max(20) })
    .optional(),
  /** Empty: all. */
  channels: z.array(z.enum(broadcastChannels)).default([]),
  language: z.enum(languages).optional(),
  /** Whoever is one of this is left out. */
  without: z
    .object({
      /** Recipients of these broadcasts, by number. */
      broadcasts: z.array(z.number().int().positive()).max(20).default([]),
      /** Who has a registration for this course that stands. */
      course: z.number().int().positive().optional(),
    })
    .default({ broadcasts: [] }),
})
export type Audience = z.infer<typeof audienceShape>

/** Why somebody whom the audience means is not told. Each person counts once, for the first that is so. */
export const unreached = [
  /** They asked for no news at all. */
  'opted_out',
  /** They did not subscribe to a topic, or no longer do. */
  'not_subscribed',
  /** They can be reached by the web chat only. */
  'no_channel',
  /** They blocked the bot. */
  'blocked',
  /** On WhatsApp, where only who wrote first is written to. */
  'never_wrote',
] as const
export type Unreached = (typeof unreached)[number]

/** Somebody who would be told, so that an officer can judge the audience; nothing by which they are known. */
export interface SampleRecipient {
  readonly channel: (typeof broadcastChannels)[number]
  /** The last digits of the chat's id behind dots. */
  readonly masked: string
  /** Code; undefined where they did not tell. */
  readonly kelurahan: string | undefined
  readonly topic: string
  readonly subscribedAt: Date
  readonly textVersion: string
}

/** How many an audience reaches now. */
export interface AudienceCount {
  readonly reachable: number
  readonly channels: readonly {
    readonly channel: (typeof broadcastChannels)[number]
    readonly reachable: number
    /** How many of them the channel's budget of today has no room for; they follow on the next days. */
    readonly overBudget: number
    /** Days that it takes at the channel's budget; 1 where there is none. */
    readonly days: number
    /** Seconds that sending takes at the channel's pace, without nights. */
    readonly seconds: number
  }[]
  readonly unreached: Readonly<Record<Unreached, number>>
  /** At most ten, taken by chance. */
  readonly samples: readonly SampleRecipient[]
}
