import { z } from 'zod'
import { blankIsAbsent, linesOf } from './config-parts.ts'

/** A gap of a random length, in milliseconds. */
export interface ConfiguredGap {
  readonly least: number
  readonly most: number
}

/** What the environment decides of WhatsApp. */
export interface WhatsAppConfig {
  /** The bot's own names of its accounts: one linked number each. */
  readonly accounts: readonly string[]
  /** Another server, for tests. */
  readonly socketUrl: string | undefined
  readonly pace: {
    readonly replyGap: ConfiguredGap
    readonly unaskedGap: ConfiguredGap
    readonly unaskedADay: number
    readonly warmUpDays: number
  }
}

const gap = z
  .string()
  .regex(/^\d{1,7}-\d{1,7}$/, 'is not two numbers of milliseconds such as 600-1400')
  .transform((text) => {
    const [least = 0, most = 0] = text.split('-').map(Number)
    return { least, most }
  })
  .refine(({ least, most }) => least <= most, 'has the larger number first')

const accountList = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .refine(
    (names) => names.every((name) => /^[a-z0-9-]{1,20}$/.test(name)) && new Set(names).size === names.length,
    'is not a list of different names such as main,umkm (a-z, 0-9 and -)',
  )

// In production TLS is all that proves the server: without it only this machine is spoken to.
const socketUrl = z
  .url({ protocol: /^wss?$/, error: 'is not a wss:// address' })
  .refine(
    (text) => !text.startsWith('ws:') || new URL(text).hostname === '127.0.0.1',
    'may be ws:// only to 127.0.0.1',
  )

const settings = z.object({
  WHATSAPP_ENABLED: z.preprocess(
    blankIsAbsent,
    z.enum(['yes', 'no'], { error: 'is none of yes, no' }).default('no'),
  ),
  WHATSAPP_ACCOUNTS: z.preprocess(blankIsAbsent, accountList.default(['main'])),
  WHATSAPP_SOCKET_URL: z.preprocess(blankIsAbsent, socketUrl.optional()),
  WHATSAPP_REPLY_GAP_MS: z.preprocess(blankIsAbsent, gap.default({ least: 600, most: 1_400 })),
  WHATSAPP_UNASKED_GAP_MS: z.preprocess(blankIsAbsent, gap.default({ least: 30_000, most: 90_000 })),
  WHATSAPP_UNASKED_PER_DAY: z.preprocess(
    blankIsAbsent,
    z.coerce.number({ error: 'is not a number of messages' }).int().min(0).max(10_000).default(60),
  ),
  WHATSAPP_WARM_UP_DAYS: z.preprocess(
    blankIsAbsent,
    z.coerce.number({ error: 'is not a number of days' }).int().min(0).max(365).default(14),
  ),
})

/** Reads the settings of WhatsApp; `config` is undefined when it is off. `problems` has a line for each that is wrong. */
export function parseWhatsAppConfig(environment: NodeJS.ProcessEnv): {
  readonly config: WhatsAppConfig | undefined
  readonly problems: readonly string[]
} {
  const read = settings.safeParse(environment)
  if (!read.success) return { config: undefined, problems: linesOf(read.error) }
  const env = read.data
  if (env.WHATSAPP_ENABLED === 'no') return { config: undefined, problems: [] }
  const config = {
    accounts: env.WHATSAPP_ACCOUNTS,
    socketUrl: env.WHATSAPP_SOCKET_URL,
    pace: {
      replyGap: env.WHATSAPP_REPLY_GAP_MS,
      unaskedGap: env.WHATSAPP_UNASKED_GAP_MS,
      unaskedADay: env.WHATSAPP_UNASKED_PER_DAY,
      warmUpDays: env.WHATSAPP_WARM_UP_DAYS,
    },
  }
  const problems =
    environment.NODE_TLS_REJECT_UNAUTHORIZED === '0'
      ? ['NODE_TLS_REJECT_UNAUTHORIZED is 0: WhatsApp is not spoken to without checking who answers']
      : []
  return { config, problems }
}
