import { z } from 'zod'
import { blankIsAbsent, linesOf } from './config-parts.ts'

/** What the environment decides of broadcasts. */
export interface BroadcastConfig {
  /** More people than this need a second person. */
  readonly approvalAbove: number
  /** How many go first; 0: none do. */
  readonly canary: number
  readonly canaryMinutes: number
  /** Shares from 0 to 1 above which a broadcast pauses by itself: of people who stop, and of messages that fail. */
  readonly mostStops: number
  readonly mostFailures: number
  /** Public places to post to, for channels that are on. */
  readonly places: {
    /** The @name or the id of a Telegram channel. */
    readonly telegram: string | undefined
    /** The id of a WhatsApp channel. */
    readonly whatsapp: string | undefined
  }
}

const people = z.coerce.number({ error: 'is not a number of people' }).int().min(0).max(10_000_000)
const percent = z.coerce
  .number({ error: 'is not a percentage, 0 to 100' })
  .min(0, 'is not a percentage, 0 to 100')
  .max(100, 'is not a percentage, 0 to 100')

const settings = z.object({
  TELEGRAM_PUBLIC_CHANNEL: z.preprocess(
    blankIsAbsent,
    z
      .string()
      .regex(
        /^(@[A-Za-z]\w{3,31}|-100\d{5,15})$/,
        'is neither the @name of a channel nor its id, a number such as -1001234567890',
      )
      .optional(),
  ),
  WHATSAPP_PUBLIC_CHANNEL: z.preprocess(
    blankIsAbsent,
    z
      .string()
      .regex(
        /^\d{5,25}@newsletter$/,
        'is not the id of a WhatsApp channel, such as 120363000000000001@newsletter',
      )
      .optional(),
  ),
  BROADCAST_APPROVAL_ABOVE: z.preprocess(blankIsAbsent, people.default(100)),
  BROADCAST_CANARY: z.preprocess(blankIsAbsent, people.default(10)),
  BROADCAST_CANARY_MINUTES: z.preprocess(
    blankIsAbsent,
    z.coerce.number({ error: 'is not a number of minutes' }).int().min(1).max(1_440).default(10),
  ),
  BROADCAST_MOST_STOPS: z.preprocess(blankIsAbsent, percent.default(3)),
  BROADCAST_MOST_FAILURES: z.preprocess(blankIsAbsent, percent.default(10)),
})

/** Reads the settings of broadcasts. `problems` has a line for each that is wrong; `config` is undefined then. */
export function parseBroadcastConfig(environment: NodeJS.ProcessEnv): {
  readonly config: BroadcastConfig | undefined
  readonly problems: readonly string[]
} {
  const read = settings.safeParse(environment)
  if (!read.success) return { config: undefined, problems: linesOf(read.error) }
  const env = read.data
  const hasTelegram = (environment.TELEGRAM_TOKEN ?? '') !== ''
  const problems =
    env.TELEGRAM_PUBLIC_CHANNEL === undefined || hasTelegram
      ? []
      : ['TELEGRAM_TOKEN is missing: TELEGRAM_PUBLIC_CHANNEL needs the bot']
  return {
    config: {
      approvalAbove: env.BROADCAST_APPROVAL_ABOVE,
      canary: env.BROADCAST_CANARY,
      canaryMinutes: env.BROADCAST_CANARY_MINUTES,
      mostStops: env.BROADCAST_MOST_STOPS / 100,
      mostFailures: env.BROADCAST_MOST_FAILURES / 100,
      places: {
        telegram: env.TELEGRAM_PUBLIC_CHANNEL,
        whatsapp: environment.WHATSAPP_ENABLED === 'yes' ? env.WHATSAPP_PUBLIC_CHANNEL : undefined,
      },
    },
    problems,
  }
}
